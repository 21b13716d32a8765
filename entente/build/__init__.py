"""What `python -m entente build` makes: basemap, hatching, leg geometry and the data package.

Nothing here is imported by the running app; what the app reads is the committed result.
"""
