"""Plates: what a view shows, complete and without a browser: sentence, figures, tables, sources."""
