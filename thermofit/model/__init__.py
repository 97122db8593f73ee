"""The line, its error and the slope of that error: predictions, losses, gradients.

May import torch and `errors`; it knows no optimizer.
"""
