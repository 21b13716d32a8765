"""Published figures of anybody’s own: read from a file, placed on the network, valued."""
