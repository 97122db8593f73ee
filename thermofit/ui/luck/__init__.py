"""The luck of a split: its sliders, its results, its words and its pictures.

May import `ui/experiments` and what is below it.
"""
