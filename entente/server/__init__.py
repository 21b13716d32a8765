"""Starlette routes and what happens at start."""
