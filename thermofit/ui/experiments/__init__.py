"""The experiments below the landscape: fit by hand, sixty rates, before and after scaling.

May import `ui/state`, `ui/scenes`, `ui/controls` and `experiments`.
"""
