"""Entente: one document, claim by claim, against the public record."""

__version__ = "0.1.0"
