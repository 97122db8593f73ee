"""What is known without training: the closed form, the curvature, which learning rates are stable.

May import `data` and `model`.
"""
