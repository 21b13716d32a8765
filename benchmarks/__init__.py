"""Benchmarks: ratios against floors that are measured in the same run, since machines are noisy."""
