"""Commands: modules with `add`, which registers what they are for."""
