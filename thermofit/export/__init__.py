"""What is taken home of a run: its code, as a script or a notebook, and its numbers, as CSV and JSON.

May import `training` and what is below it.
"""
