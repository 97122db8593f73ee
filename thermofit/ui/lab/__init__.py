"""What belongs to the Lab: its tabs, and what may be done about a run.

May import `ui/state`, `ui/controls` and `ui/scenes`.
"""
