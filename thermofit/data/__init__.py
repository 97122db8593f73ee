"""What is learned from: the readings, how they are split and scaled.

May import torch, `errors` and `numbers`.
"""
