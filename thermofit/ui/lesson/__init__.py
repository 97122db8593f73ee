"""The lesson: its chapters, and the page that shows one.

May import `ui/state`, `ui/controls`, `ui/scenes` and `ui/inspector`.
"""
