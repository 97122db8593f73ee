"""The nine chapters in their order, one module each; what a chapter says stands in `words/`.

May import what the lesson may, `live` and the library included.
"""

from thermofit.ui.lesson.chapters import (
    autograd,
    batches,
    gradient,
    loop,
    loss,
    model,
    optimizers,
    scaling,
    validation,
)

_IN_ORDER = (
    model.CHAPTER,
    loss.CHAPTER,
    gradient.CHAPTER,
    loop.CHAPTER,
    scaling.CHAPTER,
    autograd.CHAPTER,
    optimizers.CHAPTER,
    batches.CHAPTER,
    validation.CHAPTER,
)
CHAPTERS = {chapter.key: chapter for chapter in _IN_ORDER}
