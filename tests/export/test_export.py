"""Exported code is run, not read: it must give the numbers of `train`, over the product of the registries."""

import dataclasses
import json
import subprocess
import sys
from itertools import product
from unittest.mock import MagicMock

import nbformat
import pytest
import torch

from thermofit import Config, Run, train
from thermofit.config.presets import PRESETS
from thermofit.config.settings import settings_for
from thermofit.data.dataset import Dataset
from thermofit.data.registry import DATASETS
from thermofit.data.scaling import SCALINGS, Scale, Scaling
from thermofit.export.exactness import jumps, magnifies
from thermofit.export.optimizer_code import constructor
from thermofit.export.script import notebook, script, sections
from thermofit.loop.mistakes import MISTAKES
from thermofit.model.gradients import GRADIENTS
from thermofit.model.losses import LOSSES
from thermofit.optim.registry import OPTIMIZERS

EPOCHS = 6
LR = {"none": 1e-4, "tenth": 1e-2, "standardize": 0.1, "min-max": 0.1}


@pytest.fixture(autouse=True)
def pyplot(monkeypatch):
    """No window opens during tests, whether or not matplotlib is installed."""
    fake = MagicMock()
    monkeypatch.setitem(sys.modules, "matplotlib", fake)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", fake.pyplot)
    return fake.pyplot


def run(code):
    """The global names after a script has run."""
    left = {"__name__": "__main__"}
    exec(compile(code, "exported.py", "exec"), left)
    return left


def agree(config, left, rel=1e-5):
    row = train(config).to_frame().iloc[-1]
    expected = torch.tensor([row.w, row.b])
    assert left["params"].detach().tolist() == pytest.approx(expected.tolist(), rel=rel, abs=1e-7)
    assert left["train_loss"].item() == pytest.approx(row.train_loss, rel=rel)
    if "val_loss" in left:
        assert left["val_loss"].item() == pytest.approx(row.val_loss, rel=rel)


@pytest.mark.parametrize("gradient, optimizer", list(product(GRADIENTS, OPTIMIZERS)))
@pytest.mark.parametrize("scaling, val", list(product(SCALINGS, (0.0, 0.2))))
def test_the_script_gives_the_labs_numbers(gradient, optimizer, scaling, val):
    config = Config(
        gradient=gradient, optimizer=optimizer, scaling=scaling, val=val, lr=LR[scaling], epochs=EPOCHS
    )
    left = run(script(config))
    agree(config, left)
    assert ("val_loss" in left) == (val > 0)


@pytest.mark.parametrize("gradient, loss", list(product(GRADIENTS, LOSSES)))
@pytest.mark.parametrize("optimizer", ["by-hand", "Adam", "LBFGS"])
def test_every_loss(gradient, loss, optimizer):
    config = Config(gradient=gradient, loss=loss, optimizer=optimizer, w0=2.5, b0=-7.0, epochs=EPOCHS)
    agree(config, run(script(config)))


def other_values(optimizer):
    """Each hyperparameter of an optimizer away from its default, with those that it requires."""
    for hyper in OPTIMIZERS[optimizer].hyper:
        end = hyper.maximum if hyper.default != hyper.maximum else hyper.minimum
        value = True if hyper.kind == "bool" else 7 if hyper.kind == "int" else (hyper.default + end) / 2
        yield {hyper.name: value} | ({"momentum": 0.5} if hyper.name == "nesterov" else {})


@pytest.mark.parametrize(
    "optimizer, hyper", [(name, hyper) for name in OPTIMIZERS for hyper in other_values(name)]
)
def test_every_hyperparameter(optimizer, hyper):
    config = Config(optimizer=optimizer, hyper=hyper, lr=1e-3, epochs=EPOCHS)
    agree(config, run(script(config)))


@pytest.mark.parametrize("mistake, optimizer", list(product(MISTAKES, OPTIMIZERS)))
def test_every_mistake(mistake, optimizer):
    if MISTAKES[mistake].refusal("autograd", optimizer, 0.2):
        assert mistake == "no-no_grad"
        return
    config = Config(mistake=mistake, optimizer=optimizer, lr=1e-3, epochs=EPOCHS)
    code = script(config)
    assert code.count("MISTAKE") == (0 if mistake == "none" else 2)
    if mistake == "no-no_grad":
        ours = Run(config)
        ours.advance(epochs=1)
        with pytest.raises(RuntimeError) as torchs:
            run(code)
        assert str(torchs.value) == ours.error
    else:
        left = run(code)
        agree(config, left)
        assert left["val_loss"].requires_grad == (mistake in ("validation-leak", "track-validation")) or (
            mistake == "validation-leak"
        )


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_to_its_end(key, capsys):
    config = PRESETS[key].config
    left = run(script(config))
    if key == "raw-explodes":
        ours = Run(config)
        ours.advance(epochs=config.epochs)
        assert left["epoch"] == ours.diverged_at and "diverged" in capsys.readouterr().out
    else:
        agree(config, left)


@pytest.mark.parametrize("gradient, w0", list(product(GRADIENTS, (1.0, 5.3671, 5.5))))
def test_a_tolerance_stops_at_the_same_epoch(gradient, w0):
    config = Config(
        gradient=gradient, scaling="standardize", lr=0.1, val=0.0, w0=w0, tolerance=0.05, epochs=500
    )
    left = run(script(config))
    agree(config, left)
    assert left["epoch"] == len(train(config))


def test_a_start_where_it_is_flat_is_left_alone():
    end = train(Config(scaling="standardize", lr=0.4, epochs=60)).row(60)
    config = Config(scaling="standardize", w0=end["w"], b0=end["b"], tolerance=0.5)
    agree(config, run(script(config)))


def test_it_prints_its_progress_and_draws_the_line(capsys, pyplot):
    run(script(Config(epochs=1000)))
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("Epoch 100, training loss ") and ", validation loss " in printed[0]
    assert printed[-2].startswith("params [") and printed[-1].startswith("t_c = 0.")
    assert pyplot.plot.call_count == 3 and pyplot.show.called


def test_the_slope_that_is_printed_is_the_original_one(capsys):
    config = Config(scaling="standardize", lr=0.1, epochs=100)
    ours = Run(config)
    ours.advance(epochs=100)
    run(script(config))
    slope, intercept = ours.original()
    words = capsys.readouterr().out.splitlines()[-1].split()
    assert (float(words[2]), float(words[-1])) == pytest.approx((slope, intercept), abs=2e-4)


def test_a_file_runs_alone_without_thermofit_and_without_matplotlib(tmp_path):
    path = tmp_path / "exported.py"
    path.write_text(
        "import sys\nsys.modules['matplotlib'] = None\n" + script(Config(epochs=10)), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-I", path], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert "pip install matplotlib" in done.stdout and "thermofit" not in path.read_text(encoding="utf-8")


def test_a_script_holds_only_what_it_needs():
    plain = script(Config(gradient="manual", optimizer="by-hand", scaling="none", val=0.0))
    assert not any(word in plain for word in ("optim.", "backward", "val", "scaled", "no_grad", "slope("))
    autograd = script(Config())
    assert "dloss" not in autograd and "closure" not in autograd and "grad.zero_" not in autograd


def test_what_magnifies_rounding_is_found():
    plain = {name for name, entry in OPTIMIZERS.items() if not magnifies(entry, {})}
    assert plain == {"by-hand", "SGD", "ASGD"} and not magnifies(OPTIMIZERS["SGD"], {"momentum": 0.9})
    assert [name for name, loss in LOSSES.items() if jumps(loss)] == ["mae"]
    assert "return w * t + b" in script(Config()) and "@" in script(Config(optimizer="Adam"))


@pytest.mark.parametrize(
    "optimizer, loss, scaling, lr",
    [
        ("NAdam", "mae", "standardize", 0.01),
        ("Adagrad", "huber", "standardize", 0.01),
        ("Adafactor", "huber", "none", 0.1),
        ("RMSprop", "huber", "standardize", 0.1),
    ],
)
@pytest.mark.parametrize("gradient, val", list(product(GRADIENTS, (0.0, 0.35))))
def test_magnified_rounding_is_the_same_in_the_end(gradient, val, optimizer, loss, scaling, lr):
    config = Config(
        gradient=gradient, optimizer=optimizer, loss=loss, scaling=scaling, lr=lr, val=val, epochs=300
    )
    agree(config, run(script(config)))


def test_only_hyperparameters_that_matter_are_written():
    assert constructor(OPTIMIZERS["SGD"], 0.1, {}) == "optim.SGD([params], lr=learning_rate)"
    adam = constructor(OPTIMIZERS["Adam"], 0.1, {"beta1": 0.5})
    assert adam == "optim.Adam([params], lr=learning_rate, betas=(0.5, 0.999))"
    lbfgs = constructor(OPTIMIZERS["LBFGS"], 0.1, {"max_iter": 7, "strong_wolfe": True})
    assert lbfgs == "optim.LBFGS([params], lr=learning_rate, max_iter=7, line_search_fn='strong_wolfe')"
    assert constructor(OPTIMIZERS["by-hand"], 0.1, {}) == ""


class Tomorrow(torch.optim.SGD):
    """An optimizer that is not in the registry."""

    def __init__(self, params, lr=0.1, brave=1.0):
        super().__init__(params, lr=lr)
        self.defaults["brave"] = brave


def test_an_optimizer_added_tomorrow_has_its_code():
    hyper = dataclasses.replace(OPTIMIZERS["Adam"].hyper[0], name="brave", default=1.0, maximum=9.0)
    entry = dataclasses.replace(
        OPTIMIZERS["SGD"], name="Tomorrow", make=Tomorrow, hyper=(hyper,), fixed_keywords={}
    )
    assert constructor(entry, 0.1, {"brave": 2.5}) == "optim.Tomorrow([params], lr=learning_rate, brave=2.5)"


def l4(t_p, t_c):
    return ((t_p - t_c) ** 4).mean(-1)


def l4_derivative(t_p, t_c):
    return 4 * (t_p - t_c) ** 3 / t_p.size(-1)


@pytest.mark.parametrize("gradient", GRADIENTS)
def test_a_loss_and_a_scaling_added_tomorrow_have_their_code(monkeypatch, gradient):
    loss = dataclasses.replace(LOSSES["mse"], name="l4", value=l4, derivative=l4_derivative)
    monkeypatch.setitem(LOSSES, "mse", loss)
    fixed = Scaling("shift", "Shift", "Shift.", "t - 50", lambda t: Scale(0.02, -1.0))
    monkeypatch.setitem(SCALINGS, "tenth", fixed)
    config = Config(gradient=gradient, lr=1e-5, epochs=EPOCHS)
    code = script(config)
    assert "0.02 * t + -1.0" in code and "def loss_fn(t_p, t_c):" in code and "** 4" in code
    agree(config, run(code))


@pytest.mark.parametrize("data", DATASETS)
@pytest.mark.parametrize("scaling, val", [("none", 0.2), ("standardize", 0.0), ("min-max", 0.2)])
def test_every_data_set(data, scaling, val):
    config = Config(data=data, scaling=scaling, val=val, epochs=EPOCHS)
    config = config.replace(lr=settings_for(data, scaling)["lr"].default if data != "thermometer" else 1e-4)
    code = script(config)
    left = run(code)
    agree(config, left)
    assert torch.equal(left["t_u"].sort().values, DATASETS[data].t_u.sort().values)
    assert max(map(len, code.splitlines())) <= 110 and len(code) < 30_000
    assert f'plt.xlabel("{DATASETS[data].input_label}")' in code


def test_other_data_go_in_as_numbers_and_string_literals_only(pyplot):
    evil = Dataset(
        'a"""\nraise',
        torch.tensor([1.0, 1.0, 1.0]),
        torch.tensor([0.1, 1e-7, 3e5]),
        '"\nraise',
        source="\nraise",
    )
    config = Config(data=evil, scaling="min-max", lr=0.1, epochs=EPOCHS)
    code = script(config)
    left = run(code)
    labels = (pyplot.xlabel.call_args.args[0], pyplot.ylabel.call_args.args[0])
    assert labels == (evil.input_label, evil.target_label)
    assert code.count("raise") == 1 and repr(evil.input_label) in code
    assert torch.equal(left["t_u"], evil.t_u) and torch.equal(left["t_c"], evil.t_c)
    row = train(config).row(EPOCHS)
    assert left["params"].tolist() == pytest.approx([row["w"], row["b"]], rel=1e-5)


@pytest.mark.parametrize(
    "config", [Config(epochs=20), Config(optimizer="LBFGS", gradient="manual", epochs=3)]
)
def test_the_notebooks_cells_are_the_script(config):
    book = json.loads(notebook(config))
    code = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    assert code == [part.code for part in sections(config)]
    agree(config, run("\n\n".join(code)))


def test_the_notebook_has_the_form_that_jupyter_reads():
    text = notebook(Config())
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert text == notebook(Config())  # no random cell ids: the same set-up gives the same file
