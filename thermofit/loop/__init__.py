"""The training loop: one step after the other, and the way back to any epoch.

May import `optim` and `model`.
"""
