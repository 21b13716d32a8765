"""Dossier in, bytes out."""
