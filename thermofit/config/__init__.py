"""A run's whole set-up as one value: its settings, presets and link.

May import the registries of `data`, `model`, `optim` and `loop`.
"""
