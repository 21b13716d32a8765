"""The briefing as pages that need no server: one file, or a folder for a static host."""
