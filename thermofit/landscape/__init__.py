"""The loss over all (w, b): its surface, the marks on it, axes in both units.

May import `theory` and what is below it.
"""
