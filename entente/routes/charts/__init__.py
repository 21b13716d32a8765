"""The charts of the trade routes."""
