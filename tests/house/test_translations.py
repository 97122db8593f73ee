"""Every text that people read can be translated, and is: in each language, with the same places."""

import ast
import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

import pytest

import thermofit
from thermofit.ui.lesson.wording import places
from thermofit.ui.locale import catalogues, pseudo
from thermofit.words import Language, inline, local, speaking, tr, trn
from tools.words import collected, faults, languages

PACKAGE = Path(thermofit.__file__).parent
TEXTS = collected()
TRANSLATED = {"tr", "trn", "mark"}
FOR_PROGRAMMERS = {
    *("TypeError", "AssertionError", "KeyError", "LookupError", "RuntimeError", "NotImplementedError"),
    "exception",  # of a log
}
KEY_OR_FORMULA = re.compile(r" \| |\\text|^Training loop$")  # a type, LaTeX, a title of the exported code
NAMES_AND_TITLES = {"source", "licence"}  # of a data set: as they were published
SECTIONS = {
    "fill",
    "section",
    "sections",
}  # of the lesson's Markdown files, and of the exported code, are keys
SENTENCE = re.compile(r"^[A-Z“][\w'’-]*,? (?:\S+ )*\S*[a-z]{2}|[a-z]{2} \S+ \S+.*[.?!]$", re.DOTALL)
LANGUAGES = ("de", "es", "fr", "zh")


def test_the_five_languages_are_here() -> None:
    assert {"en", *LANGUAGES} <= {*catalogues.tags()}
    assert catalogues.names()["de"] == "Deutsch" and catalogues.names()["en"] == "English"


@pytest.mark.parametrize("tag", languages())
def test_every_text_is_translated_with_its_places(tag: str) -> None:
    found = list(faults(tag, TEXTS))
    assert not found, "\n".join(["Run `make words`, then translate:", *found])


# ---- what is not collected can't be translated ----


def uncollected(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The lines with a sentence that is no argument of `tr`, `trn` or `mark`, and is no docstring."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and _name(node.func) in TRANSLATED | FOR_PROGRAMMERS | SECTIONS:
            waiting += [keyword.value for keyword in node.keywords]
        elif isinstance(node, ast.keyword) and node.arg in NAMES_AND_TITLES:
            continue
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        elif (text := _text(node)) is not None:
            if SENTENCE.search(text) and not KEY_OR_FORMULA.search(text):
                yield node.lineno, text  # type: ignore[attr-defined]
        else:
            waiting += ast.iter_child_nodes(node)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


# Code that is shown or taken home, styles and scripts are no sentences; people's names and sources stay.
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if "static" not in path.parts]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_sentence_is_collected(path: Path) -> None:
    found = [f"line {line}: {text!r}" for line, text in uncollected(ast.parse(path.read_text()))]
    assert not found, "\n".join(["Use tr, trn or mark (thermofit/words.py):", *found])


@pytest.mark.parametrize(
    "code",
    [
        'text = "Press Play."',
        'text = f"Paused at {moment}."',
        'Setting("lr", "Learning rate", "How far to go along the slope in each epoch.")',
        'tr("Paused at {moment}.", moment=f"About epoch {epoch}")',
    ],
)
def test_a_sentence_that_is_not_collected_is_found(code: str) -> None:
    assert list(uncollected(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        '"""A docstring, which nobody reads on the page."""',
        'text = tr("Press Play.")',
        'label = mark("Learning rate")',
        'raise TypeError("A line has two parameters.")',
        'key = "query written"',
    ],
)
def test_what_needs_no_translation_passes(code: str) -> None:
    assert not list(uncollected(ast.parse(code)))


# ---- the same in JavaScript ----

SCRIPTS = sorted((PACKAGE / "stage" / "frontend").glob("*.js"))
_REMARK = re.compile(r"(?:^|(?<=\s))//[^\n]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', re.DOTALL)
_ASKED_FOR = re.compile(r'\btrn?\($|\btrn\("[^"]*",$')


def uncollected_js(code: str) -> Iterator[tuple[int, str]]:
    """The lines with a sentence that is not the text of `tr` or `trn`; markup is looked at in the browser."""
    code = _REMARK.sub(lambda remark: re.sub(r"[^\n]", " ", remark[0]), code)
    for found in _STRING.finditer(code):
        text, before = found[1] or found[2] or "", code[: found.start()]
        if (
            SENTENCE.search(text)
            and not text.strip().startswith("<")
            and not _ASKED_FOR.search(before.rstrip())
        ):
            yield before.count("\n") + 1, text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_sentence_of_a_script_is_collected(script: Path) -> None:
    found = [f"line {line}: {text!r}" for line, text in uncollected_js(script.read_text())]
    assert not found, "\n".join(["Use tr or trn (words.js):", *found])


def test_a_sentence_of_a_script_that_is_not_collected_is_found() -> None:
    assert list(uncollected_js('say("Press Play."); // why'))
    assert list(uncollected_js("say(`Paused at ${epoch}.`);"))
    assert not list(uncollected_js('say(tr("Press Play.")); // Like this.\nkey = "one two";'))


# ---- the languages ----


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("zh-Hans-CN", "zh"), ("en-GB", "en"), ("fr", "fr")]
    + [(odd, None) for odd in ("", "xx", "deutsch", "<b>", "d", "..", "qps")],
)
def test_the_nearest_language_is_found(wanted: str, tag: str | None) -> None:
    assert catalogues.nearest(wanted) == tag


@pytest.mark.parametrize(("tag", "mark"), [("en", "."), ("de", ","), ("es", ","), ("fr", ","), ("zh", ".")])
def test_numbers_take_the_decimal_mark_of_the_language(tag: str, mark: str) -> None:
    with speaking(catalogues.read(tag)):
        assert local("57.8") == f"57{mark}8"


def test_nouns_keep_their_capital_in_german_alone() -> None:
    for tag in catalogues.tags():
        with speaking(catalogues.read(tag)):
            assert inline("Rate") == ("Rate" if tag == "de" else "rate")


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("n", [0, 1, 2, 5, 1_000_000])
def test_every_plural_form_is_that_of_the_catalogue(tag: str, n: int) -> None:
    catalogue = catalogues.catalogue_of(tag)
    several = [message for message in catalogue if message.id and isinstance(message.id, tuple)]
    assert several
    with speaking(catalogues.read(tag)):
        for message in several:
            form = c2py(catalogue.plural_expr)(n)
            values = dict.fromkeys(places(message.string[form]), "9")
            assert trn(message.id[0], message.id[1], n, **values) == message.string[form].format(**values)


@pytest.mark.parametrize("text", ["Play", "Paused at {moment}.", "Use `loss.backward()`, **then** step."])
def test_the_pseudo_language_is_longer_and_keeps_places(text: str) -> None:
    assert len(pseudo.longer(text)) >= 1.4 * len(text)
    assert places(pseudo.longer(text)) == places(text)


def test_a_text_without_translation_stays_as_it_is() -> None:
    with speaking(Language("de")):
        assert tr("Nobody has translated this {thing}.", thing="text") == "Nobody has translated this text."
        assert tr("") == ""
