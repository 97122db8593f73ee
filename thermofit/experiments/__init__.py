"""Experiments with many runs: the learning-rate range test, the published figures.

May import `training`, `theory` and what is below them.
"""
