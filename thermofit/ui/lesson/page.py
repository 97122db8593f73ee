"""A chapter on the page: words, controls and a question beside a live run, and the way on."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from thermofit import Run
from thermofit.config.config import Config, ConfigError
from thermofit.config.labels import REGISTRIES
from thermofit.config.link import Link, write
from thermofit.config.settings import SETTINGS
from thermofit.live.trainer import TRAINER
from thermofit.numbers import count, exact_rate
from thermofit.ui.inspector import mistake_banner, step_tables
from thermofit.ui.lesson.chapter import Chapter, Control
from thermofit.ui.lesson.chapters import CHAPTERS
from thermofit.ui.navigation import LAB
from thermofit.ui.scenes import fit_and_loss
from thermofit.ui.scenes.kept import kept
from thermofit.ui.scenes.live_stage import stage
from thermofit.ui.state import address, chapter_address, keys, memory, session_runs, widgets
from thermofit.words import tr

PLACE = keys.CHAPTER
KEYS = tuple(CHAPTERS)

# For a projector: nothing in the lesson is smaller than the text.
STYLE = """<style>
.stMain :is(p, li, label, td, th, code, summary, button, input, [data-baseweb], [data-testid="stTickBar"] *,
  [data-testid="stSliderThumbValue"], [data-testid^="stSliderTick"], .stMarkdown small) { font-size: 1rem; }
.stMain .tf-stage :is(dt, dd.tf-below, legend, .tf-toggles label) { font-size: 16px; }
.stMain .stMarkdown p { max-width: 46rem; }
.stMain :is(h2, .stMarkdown h2) { font-size: 1.6rem; padding: 0 0 .5rem; }
.stMain .stMarkdown h3 { font-size: 1.15rem; padding: .5rem 0 .25rem; }
/* The words are read beside the run, which stays in view while they are scrolled. */
.st-key-lesson-run { position: sticky; top: 4rem; }
.stMain .tf-stage .tf-readouts { grid-template-columns: .5fr 1fr 1fr 1fr 1fr; }
.stMain .tf-stage :is(.tf-cell.tf-line, .tf-below) { display: none; }
@media (max-width: 1100px) {
  .st-key-lesson-halves [data-testid="stHorizontalBlock"]:has(> div .st-key-lesson-run) { flex-wrap: wrap; }
  [data-testid="stColumn"]:has(.st-key-lesson-run), [data-testid="stColumn"]:has(+ * .st-key-lesson-run) {
    flex: 1 1 100%; min-width: 100%; }
  .st-key-lesson-run { position: static; }
}
@media (max-width: 640px) { .stMain .tf-stage .tf-readouts { grid-template-columns: 1fr 1fr; } }
.stMain [data-testid="stPageLink"] a {
  justify-content: center; min-height: 2.5rem; border: 1px solid #8888; border-radius: 10px; }
.stMain .katex-display { overflow-x: auto; overflow-y: hidden; padding: 4px 0; }
.stMain .tf-stage .tf-link { display: none; }
@media (max-width: 640px) { /* what can be changed stays in sight of the pictures */
  .stMainBlockContainer > .stVerticalBlock > :has(.st-key-settings) {
    position: sticky; top: 3.75rem; z-index: 60; background: Canvas; border-bottom: 1px solid #8888; }
  .stMain .st-key-settings [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; overflow-x: auto; }
  .stMain .st-key-settings .stColumn { min-width: 46%; }
}
</style>"""


# Another chapter is read from its title on, not from where the one before was left.
TO_THE_TOP = """<h1 class="tf-unseen">{}</h1>
<script>/* {} */ document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);</script>"""


def choose() -> Chapter:
    """The row of chapters, and the one that is open."""
    st.html(STYLE + step_tables.STYLE)
    chapter_address.read(KEYS)
    st.segmented_control(
        tr("Chapter"),
        KEYS,
        format_func=lambda key: f"{KEYS.index(key) + 1} {CHAPTERS[key].title}",
        required=True,
        key=widgets.key(PLACE),
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    chapter_address.publish()
    with st.container():  # so that what follows stands at the same place with and without it
        address.problems()
    return CHAPTERS[memory.recall(widgets.key(PLACE))]


def show(chapter: Chapter) -> None:
    """The chapter from its title to the way on."""
    number = KEYS.index(chapter.key) + 1
    st.html(TO_THE_TOP.format(tr("Lesson"), chapter.key), unsafe_allow_javascript=True)
    with st.container(key=keys.LESSON_HALVES):
        left, right = st.columns([2, 3], gap="medium")
    with left:
        st.markdown(f"## {number}. {chapter.title}")
        words, settings = st.container(), st.container()
        with settings:
            config = _controls(chapter)
        run = Run(config)
        with words:
            st.markdown(chapter.text(run))
    with right, st.container(key=keys.LESSON_RUN):
        _run(chapter, config)
    with left:
        answer = _question(chapter, run)
        _folded(chapter, run)
    chapter.below(run)
    _onward(chapter, config)
    _fill(answer, chapter, run)


def _run(chapter: Chapter, config: Config) -> None:
    """The live run of this set-up, small enough to be seen whole beside the words."""
    with st.container():
        mistake_banner.warn(config.mistake)
    live = session_runs.session_run(keys.lesson(chapter.key), keys.lesson(chapter.key), config)
    stage(
        keys.lesson(chapter.key),
        live,
        lambda config, theme: kept(
            fit_and_loss.lesson, fit_and_loss.without_rate(config), chapter.speed, theme
        ),
    )


def _folded(chapter: Chapter, run: Run) -> None:
    """The formula and the code, each to be opened."""
    with st.expander(tr("Formula")):
        st.latex(chapter.formula(run.config))
    with st.expander(tr("Code")):
        st.code(chapter.code(run.config), language="python", wrap_lines=True)


def _question(chapter: Chapter, run: Run) -> DeltaGenerator:
    """The question, and the place of its answer."""
    heading, question = tr("Question"), chapter.question(run)
    st.markdown(f"### {heading}\n\n{question}")
    with st.expander(tr("Show the answer"), key=keys.answer(chapter.key)):
        return st.empty()


def _fill(place: DeltaGenerator, chapter: Chapter, run: Run) -> None:
    """The answer, once the page is there: it may take seconds, and what is known is shown at once."""
    answers = chapter.answers(run)
    while True:
        with (
            TRAINER.exclusive()
        ):  # in a class that turns the page together, the first one computes it for all
            answer = next(answers, None)
        if answer is None:
            return
        place.markdown(answer)


def _onward(chapter: Chapter, config: Config) -> None:
    """To the Lab with this set-up, and to the chapters before and after."""
    back, lab, on = st.columns(3)
    place = KEYS.index(chapter.key)
    with back:
        _turn(tr("Previous chapter"), place - 1, ":material/arrow_back:", keys.PREVIOUS_CHAPTER)
    with lab:
        st.page_link(
            LAB.file,
            label=tr("Try in the Lab"),
            icon=":material/science:",
            query_params=write(Link(config, speed=chapter.speed)),
            width="stretch",
        )
    with on:
        _turn(tr("Next chapter"), place + 1, ":material/arrow_forward:", keys.NEXT_CHAPTER)


def _turn(label: str, place: int, icon: str, button: str) -> None:
    st.button(
        label,
        icon=icon,
        disabled=not 0 <= place < len(KEYS),
        on_click=_open,
        args=(place,),
        width="stretch",
        key=button,
    )


def _open(place: int) -> None:
    widgets.show(PLACE, KEYS[place])


# ---- controls ----


def size_label(size: int) -> str:
    """What a batch size is called among few: 0 means all training readings."""
    # Translators: all training readings, as a batch size beside 4 and 1
    return count(size) if size else tr("All")


def _controls(chapter: Chapter) -> Config:
    """The chapter's set-up with what its controls say."""
    with st.container(key=keys.SETTINGS):
        columns = st.columns(len(chapter.controls))
    values: dict[str, Any] = {}
    for column, control in zip(columns, chapter.controls, strict=True):
        with column:
            values[control.name] = _control(chapter, control)
    try:
        return chapter.set_up(values)
    except ConfigError as error:
        refused = {problem.field for problem in error.problems}
        for problem in error.problems:
            said = tr(
                "**{label}**: {reason}. Allowed: {allowed}.",
                label=tr(SETTINGS[problem.field].label),
                reason=problem.reason,
                allowed=problem.allowed,
            )
            st.error(said, icon=":material/block:")
        return chapter.set_up({k: v for k, v in values.items() if k not in refused})


def _control(chapter: Chapter, control: Control) -> Any:
    setting, value = SETTINGS[control.name], getattr(chapter.config, control.name)
    label, key = tr(setting.label), widgets.worded(keys.lesson_control(chapter.key, control.name))
    memory.remembered(key, float(value) if setting.kind == "float" and not control.options else value)
    common: dict[str, Any] = {"key": key, "help": tr(setting.help), "persist_state": "session"}
    if setting.kind == "choice":
        entries, options = REGISTRIES[control.name], list(control.options or setting.choices)
        few = len(options) <= 4
        draw: Callable[..., Any] = partial(st.segmented_control, required=True) if few else st.selectbox
        return draw(label, options, format_func=lambda key: tr(entries[key].label), **common)
    if control.name == "batch":
        return st.segmented_control(label, control.options, format_func=size_label, required=True, **common)
    if control.options:
        return st.select_slider(label, control.options, format_func=exact_rate, **common)
    kind: type[int] | type[float] = int if setting.kind == "int" else float
    low, high, step = (kind(number) for number in (control.low, control.high, control.step))
    return st.slider(label, low, high, step=step, **common)
