"""Pages of `docs/` that are made: `python -m tools.docs` writes them.

What is written by hand on such a page stands in its template beside this file; the rest comes from
the contract of the tables, the parsers of the commands, and the Makefile. Commands and targets
that a template does not mention are added after those that it does.
"""
