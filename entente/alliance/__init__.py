"""The alliance map: ties between actors by day and lens, drawn as a map, a matrix and a table."""
