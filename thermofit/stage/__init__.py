"""The one browser component: scenes in, moving pictures out. `frontend/` holds its JavaScript.

May import `charts` and `live`; it knows nothing about controls.
"""
