"""What an analyst brings: a text to read."""
