"""Who applies the step: torch.optim and the step by hand, with their hyperparameters.

May import torch and `errors`; it computes no gradient.
"""
