"""The transport network: legs, dwell times, who can deny what, and the search for routes."""
