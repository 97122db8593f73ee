"""The settings in the sidebar, and the choice of an x-axis beside the pictures.

May import `ui/state`, `charts` and the library.
"""
