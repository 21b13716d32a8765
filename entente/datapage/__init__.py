"""The page of data: a table, and what changed between two versions."""
