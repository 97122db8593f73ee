"""The lesson: its chapters, and the page that shows one.

What a chapter says stands in `words/`, one Markdown file for each; what it computes, in `chapters/`.

May import `ui/state`, `ui/controls`, `ui/scenes` and `ui/inspector`.
"""
