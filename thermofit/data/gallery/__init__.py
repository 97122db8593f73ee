"""Data sets to choose, each there to teach one thing; one file for each subject.

The numbers are facts, typed in from the publications that each set names. May import what `data` may.
"""
