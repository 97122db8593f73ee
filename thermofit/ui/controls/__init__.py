"""The settings at the side.

May import `ui/state` and the library.
"""
