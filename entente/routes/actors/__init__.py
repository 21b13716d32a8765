"""What actors do to a route: who can close it, who slows it, and what is left."""
