"""What looks across all features: home, scenes, and which marks show which claim."""
