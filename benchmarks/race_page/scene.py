"""Many runs in two charts: their losses, and their paths over the landscape."""

from collections.abc import Iterable, Mapping

import plotly.graph_objects as go

from thermofit import Config, Run
from thermofit.charts.bindings import curve, of, path, point, sentence
from thermofit.charts.loss import loss
from thermofit.charts.theme import THEMES, Theme, figure, track_style
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS
from thermofit.stage.board import Board, BoardColumn, BoardRow
from thermofit.stage.scene import Readout, Scene
from thermofit.ui.scenes import landscape

COLUMNS = [
    BoardColumn("rank", "Place", "Who came first to within 1 % of the minimum", "live"),
    BoardColumn("lr", "Learning rate", "", "number"),
    BoardColumn("loss", "Training loss", "At the epoch shown", "live"),
]


def runners(epochs: int, salt: float = 0.0) -> dict[str, Config]:
    """Every optimizer at rates of every size; `salt` keeps measurements from sharing their runs."""
    rates = {"SGD": 0.1, "Adagrad": 3.0, "Adadelta": 10.0, "LBFGS": 1.0}
    start = Config(epochs=epochs, scaling="standardize", w0=1.0 + salt)
    return {name: start.replace(optimizer=name, lr=rates.get(name, 0.05)) for name in list(OPTIMIZERS)[:16]}


def race_scene(line_up: Iterable[tuple[str, Config]], theme: str, speed: str = "100") -> Scene:
    """Both charts, the epoch, and a board of all runners, each a track with its config."""
    configs = dict(line_up)
    look, config = THEMES[theme], next(iter(configs.values()))
    here = landscape.marks(config, "trained")
    styles = {track: track_style(i, look) for i, track in enumerate(configs)}
    return Scene(
        figures=[_losses(config, styles, look), _paths(config, styles, look)],
        readouts=[Readout("Epoch", "Of all", sentence("{epoch}", epoch={"column": "epoch"}), ["of all"])],
        derived=here.view.path(),
        epochs=config.epochs,
        speeds=[("10", "10"), ("100", "100"), ("max", "Max")],
        speed=speed,
        theme=theme,
        tracks={track: {} for track in configs},
        board=_board(configs, styles),
        downloads=True,
    )


def _losses(config: Config, styles: Mapping[str, tuple[str, str]], look: Theme) -> go.Figure:
    start = Run(config).history.row(0)["train_loss"]
    kind = LOSSES[config.loss]
    plain = loss([start], start / 1000, config.epochs, kind.label, kind.unit_of("°C"), look)
    traces = []
    for track, (colour, dash) in styles.items():
        line = {"color": colour, "dash": dash, "width": 2, "simplify": False}
        meta = of(curve("epoch", "train_loss"), track) | {"label": track}
        traces.append(go.Scatter(x=[0], y=[None], mode="lines", name=track, line=line, meta=meta))
    return figure(
        look, traces, xaxis=plain.layout.xaxis, yaxis=plain.layout.yaxis, showlegend=False
    ).update_layout(meta={**plain.layout.meta, "alt": ["The losses of all runners."]})


def _paths(config: Config, styles: Mapping[str, tuple[str, str]], look: Theme) -> go.Figure:
    plain = landscape._contours(config, "trained", 1.0, look)
    still = [trace for trace in plain.data if not (trace.meta or {}).get("play")]
    traces = []
    for track, (colour, dash) in styles.items():
        line, meta = {"color": colour, "dash": dash, "width": 2}, of(path("x", "y"), track)
        traces.append(go.Scatter(x=[None], y=[None], mode="lines", name=track, line=line, meta=meta))
        here = of(point("x", "y"), track) | {"label": track}
        marker = {"color": colour, "size": 10}
        traces.append(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=track, meta=here))
    meta = {"home": plain.layout.meta["home"], "alt": ["The paths of all runners."]}
    return go.Figure([*still, *traces], plain.layout).update_layout(meta=meta, clickanywhere=False)


def _board(configs: Mapping[str, Config], styles: Mapping[str, tuple[str, str]]) -> Board:
    rows = [
        BoardRow(
            track,
            OPTIMIZERS[config.optimizer].label,
            *styles[track],
            cells={"rank": {"rank": True}, "lr": config.lr, "loss": {"column": "train_loss", "digits": 5}},
            actions=("rename", "show", "hide", "take", "remove"),
        )
        for track, config in configs.items()
    ]
    return Board("Who leads", "Nobody races yet.", COLUMNS, rows, editable=True, sort="rank")
