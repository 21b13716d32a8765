"""What an analyst brings: texts and tables."""
