"""Commands: one module each, with `add`, which registers it, and `run`."""
