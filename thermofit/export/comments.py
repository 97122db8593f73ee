"""Comments within the code of a script, in the language of whoever takes it home."""


def comment(text: str) -> str:
    """A translated text as a comment; it stays on one line, whatever the translation holds."""
    return f"# {' '.join(text.split())}"
