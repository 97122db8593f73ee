"""The languages of the dashboard: a catalogue for each, written by translators, and what reads them.

Each folder is a language, by its tag; CONTRIBUTING.md says how to add one. May import: words, stage/assets.
"""
