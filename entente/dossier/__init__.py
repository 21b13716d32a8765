"""The dataset in memory: read, kept, and compared with its released versions."""
