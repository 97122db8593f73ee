"""Every key of the session's state and of the page's boxes and widgets, in one place."""

import zlib

# Boxes that hold settings: the stage watches what is touched in them (frontend/settings_watch.js).
SETTINGS = "settings"

# Settings, and what stands among them; `widgets.key` says which widget is the present one.
LEARNING_RATE, RATE_SLIDER = "lr", "exponent"
STABLE_LIMIT = "stable limit"
VALIDATION_SHARE = "val"
QUICK, QUICK_RATE, QUICK_OPTIMIZER = "settings quick", "quick rate", "quick optimizer"
ON_CHANGE, PRESET = "change", "preset"
CHAPTER = "chapter"
LESSON_HALVES, LESSON_RUN = "lesson-halves", "lesson-run"

BANNER = "banner"

LANGUAGE_MENU = "language-menu"  # like a setting: `widgets.key`

# A presenter's clicker finds these buttons by their keys: frontend/clicker.js.
NEXT_CHAPTER, PREVIOUS_CHAPTER = "next-chapter", "previous-chapter"

# The Lab.
LAB_TABS, TO_THE_LESSON = "lab-tabs", "to-the-lesson"
CHART, UNITS, SHAPE, AXIS = "chart", "units", "shape", "axis"  # like a setting: `widgets.key`
COMPANIONS = "companions"
PIN_FILES = "pin files"
LOOK_INSIDE, SHOW_CODE = "look inside", "show code"

# The landscape's experiments.
EXPERIMENT, LANDSCAPE_HEAD = "experiment", "landscape-head"
EPOCHS_OF_EACH_RATE, TRIALS, TRY_RATES = "epochs of each rate", "trials", "try rates"

# The luck of a split. The sliders have keys of their own: `widgets.key`.
HELD_BACK, HOW_LONG = "held back", "how long"
OFFERED_SHARES, OFFERED_EPOCHS = "shares offered", "epochs offered"

# The race.
RACE_SETTINGS, RACE_LINEUP, RACE_HEAD = "settings race", "settings line-up", "race-head"
LINEUP, BET, RANK_BY = "lineup", "bet", "rank by"  # like a setting: `widgets.key`
WHO_RUNS, RUNNER = "who runs", "runner"  # like a setting: `widgets.key`
RACE, RACE_RUN = "race", "race run"
RUNNER_FORM, FIND_RATES = "runner form", "find rates"

# Own readings.
OWN_OPEN, OWN_ASKED = "open own readings", "own readings asked for"
OWN_READINGS = "own readings of the session"
OWN_WAY, OWN_PASTED, OWN_FILE = "way of own readings", "pasted readings", "file of readings"
EDITED, UNDO_EDIT, UNDO_EDITS = "readings before edits", "undo edit", "undo all edits"
OWN_REFUSED = "refused-rows"
SAVE_READINGS = "save-readings"  # the stage offers the same beside its link, where this button is
OWN_TYPED, OWN_PICTURE = "typed readings", "picture of readings"

# Stages, and the runs that they show.
LAB_RUN, STILL_RUN = "lab", "pictures"
LAB_STAGE, LANDSCAPE_STAGE = "stage", "landscape stage"
RATES_STAGE, SCALINGS_STAGE, LUCK_STAGE = "rates stage", "scalings stage", "luck stage"
RACE_STAGE = "race stage"

# What no widget holds.
LIVE_RUNS = "live runs"
LINK, PROBLEMS, REQUESTED = "link", "link problems", "set-up wished for"
PAGE, ENTERED, NEWS = "page shown", "page entered", "query not yet read"
RECEIVED, WRITTEN, SENT = "query received", "query written", "queries on their way"
INCOMPLETE = "the browser is to complete the address"
OWN_NAMES = "names of the page's part of the query"
DRAWN_WITH = "drawn with"
LANGUAGE, LANGUAGE_CHOSEN, LANGUAGE_READ = "language", "language chosen", "language in the address"
RENEWED, WORDED = "widgets renewed", "widgets with words"
PRESET_TAKEN = "preset taken"


def fragment(key: str) -> str:
    """The fragment in which the stage or the panel of this key stands."""
    return f"{key} fragment"


def question(stage: str) -> str:
    """The question of a stage that waits for its answer."""
    return f"{stage} question"


def work_wanted(work: str) -> str:
    """Whether long work was asked for."""
    return f"{work} wanted"


def work_place(work: str) -> str:
    """Where on the page its progress is told."""
    return f"{work} place"


def banner(warning: str) -> str:
    """The line of a warning above the pictures."""
    return f"{BANNER} {warning}"


def lesson(chapter: str) -> str:
    """The run of a chapter, and its stage."""
    return f"lesson {chapter}"


def answer(chapter: str) -> str:
    """The answer of a chapter, to be opened."""
    return f"answer {chapter}"


def lesson_control(chapter: str, name: str) -> str:
    """A setting that may be changed in a chapter."""
    return f"{chapter} {name}"


def runner_field(runner: str, name: str) -> str:
    """A setting of one runner of the race."""
    return f"{runner}: {name}"


def own_table(times: int) -> str:
    """The table of own readings, after it was begun anew so often."""
    return f"table of readings {times}"


def own_choice(name: str, content: str | bytes) -> str:
    """A choice about how own readings are written; for other content it is another one."""
    check = zlib.crc32(content.encode(errors="replace") if isinstance(content, str) else content)
    return f"readings {name} {check}"
