"""What belongs to the Lab: its tabs, and the actions on a run.

May import `ui/state`, `ui/controls` and `ui/scenes`.
"""
