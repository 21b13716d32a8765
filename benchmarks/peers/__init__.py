"""What the app is held against: the same map in other frameworks, and an empty page."""
