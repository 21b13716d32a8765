"""The modes of the trade routes page: what each finds, and the words, tables and figures for it."""
