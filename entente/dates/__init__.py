"""Dates as exactly as they are known: EDTF, and the same in words."""
