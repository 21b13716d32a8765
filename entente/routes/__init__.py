"""Trade routes: corridors and best routes compared, blocked, weighed, and the model checked."""
