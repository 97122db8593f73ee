"""A run: forwards, back, branching off, and its history.

May import `config`, `loop` and what is below them.
"""
