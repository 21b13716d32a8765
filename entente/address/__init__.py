"""The address of a view: what a reader chose, in a query string, and back."""
