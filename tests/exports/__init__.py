"""What we export, opened by programs of others: run by `make test-exports`, which installs them."""
