"""Tools for whoever works on Entente; the app needs none of them."""
