"""What was known when, and on whose word: events, verdicts, sources, positions, expectations."""
