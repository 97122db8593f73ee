"""What the stage shows of a set-up: figures, readouts, speeds.

May import `charts`, `stage` and the library.
"""
