"""One page each: its controls, and how its content is laid out."""
