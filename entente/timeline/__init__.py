"""The timeline: events in lanes by theme, each date drawn as exactly as it is known."""
