"""What an analyst brings: a text to read, and tables to import. One module a format."""
