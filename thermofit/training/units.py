"""How to convert parameters from one scaling to another."""

from thermofit.data.scaling import Scale

Terms = dict[str, dict[str, float]]  # column → {column: factor}


def unit_conversion(old: Scale, new: Scale) -> Terms:
    """Parameters and gradients in the units of `new` as sums of those in the units of `old`.

    The line stays the same, w' f' = w f and w' o' + b' = w o + b. So with a = f/f', w' = a w and
    b' = b + (o - a o') w, and by the chain rule dL/dw' = (dL/dw - (o - a o') dL/db) / a.
    """
    ratio = old.factor / new.factor
    shift = old.offset - ratio * new.offset
    return {
        "w": {"w": ratio},
        "b": {"b": 1.0, "w": shift},
        "grad_w": {"grad_w": 1 / ratio, "grad_b": -shift / ratio},
    }
