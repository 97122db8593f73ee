"""The line, how wrong it is, and the slope of that: predictions, losses, gradients.

May import torch and `errors`; it knows no optimizer.
"""
