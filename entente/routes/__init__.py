"""Trade routes: corridors and best ways compared, blocked, weighed, and the model checked."""
