"""One archive for a room without a network: see `docs/closed-network.md`."""
