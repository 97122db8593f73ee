"""The settings in the sidebar.

May import `ui/state` and the library.
"""
