"""The briefing as a PowerPoint deck with native charts, tables and maps."""
