"""The race: its controls, its picture, the bet and what came of it.

May import `ui/state`, `ui/scenes`, `ui/controls`, `ui/lab`, `ui/experiments` and the library.
"""
