"""What people read is made of whole sentences with named places, which can be handed to a translator.

Two whole sentences may stand side by side, joined by a space. What must not happen is a sentence that is put
together from pieces, because another language needs other pieces, in another order.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "thermofit"
# The lesson's words are Markdown files; `export` writes programs, not sentences.
# Code to take home, and the formulas of the lesson, whose words stand in Markdown files.
ELSEWHERE = {PACKAGE / "export", PACKAGE / "ui" / "lesson" / "chapters"}
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if not ELSEWHERE & {*path.parents}]


def texts(node: ast.AST) -> list[str]:
    """The literal parts of a string, with or without places; none of anything else."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def is_wording(node: ast.AST | None) -> bool:
    """Whether it is a string that holds a word and a space, as a sentence does, or a piece of one."""
    if isinstance(node, ast.IfExp):
        return is_wording(node.body) or is_wording(node.orelse)
    return any(" " in text and any(map(str.isalpha, text)) for text in texts(node)) if node else False


def places(sentence: ast.JoinedStr) -> list[ast.expr]:
    """What an f-string puts into its places."""
    return [part.value for part in sentence.values if isinstance(part, ast.FormattedValue)]


def is_named(place: ast.expr) -> bool:
    """Whether it is a name, or an attribute of one: what `str.format` could fill in as well."""
    return isinstance(place, ast.Name) or (isinstance(place, ast.Attribute) and is_named(place.value))


def pieces(function: ast.AST) -> set[str]:
    """The local names that hold wording."""
    return {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AugAssign) and is_wording(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def glued(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The lines on which a sentence is put together, and how."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add):
            sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
            if any(map(is_wording, sides)):
                yield node.lineno, "words are added to words: write one string for each case"
        elif isinstance(node, ast.JoinedStr) and is_wording(node):
            if not all(map(is_named, places(node))):
                yield node.lineno, "a place of a sentence has no name: give its value one"
        elif isinstance(node, ast.FunctionDef):
            yield from _inserted(node)


def _inserted(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    words = pieces(function)
    for node in ast.walk(function):
        if isinstance(node, ast.JoinedStr) and is_wording(node):
            for place in places(node):
                if isinstance(place, ast.Name) and place.id in words:
                    yield node.lineno, f"{place.id} is part of a sentence, put into another one"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_sentence_is_glued(path: Path) -> None:
    found = [f"line {line}: {fault}" for line, fault in glued(ast.parse(path.read_text()))]
    assert not found, "\n".join([path.name, *found])


@pytest.mark.parametrize(
    "code",
    [
        'text = "Try a smaller rate" + hint',
        'text += " and scale the inputs"',
        'text = f"{len(rows)} of the rows"',
        """text = f"a {'whole ' if whole else ''}number of epochs" """,
        'def f():\n    cause = f"The rate {lr} is too large"\n    return f"{cause} for this run."',
        'def f():\n    also = "" if same else " Losses changed."\n    return f"The loss changed.{also}"',
    ],
)
def test_glue_is_found(code: str) -> None:
    assert list(glued(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'text = f"Finished: {run.epoch} epochs."',
        'text = f"New run with learning rate {lr:g}. Press Play."',
        'text = " ".join([cause, cure])',
        'text = "One sentence, " "written on two lines."',
        'path = folder + "/" + name',
    ],
)
def test_whole_sentences_pass(code: str) -> None:
    assert not list(glued(ast.parse(code)))
