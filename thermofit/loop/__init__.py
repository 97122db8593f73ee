"""The training loop: one step after another, and the way back to any epoch.

May import `optim` and `model`.
"""
