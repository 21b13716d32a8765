"""What a reader in a browser meets: first visits, later ones, clicks."""
