"""The code of a run to take home, as a script or a notebook.

May import `training` and what is below it.
"""
