"""Readings of one's own: pasted, uploaded or typed, corrected, looked at, and handed over as a data set.

May import `ui/state` and what is below it.
"""
