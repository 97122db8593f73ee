"""What a run tells of itself is in the language of whoever reads it; what is kept is in none."""

from tests.fake_language import spoken
from tests.live.test_live_run import SMALL, ask
from thermofit import Config, Run
from thermofit.live.live_run import LiveRun
from thermofit.live.outcome import ending
from thermofit.live.setting_change import How, impossible
from thermofit.training.run import LossTooLarge
from thermofit.words import speaking

GERMAN = spoken(
    {
        "epoch {epoch}": "Epoche {epoch}",
        "Learning rate {lr} from {here} on.": "Lernrate {lr} ab {here}.",
        "Optimizer": "Optimierer",
        "New run: {setting} changed. Press Play.": "Neuer Lauf: {setting} geändert. Drücke auf Start.",
        "{setting} changed from {here} on.": "{setting} ab {here} geändert.",
        "Finished: {n} epoch.": "Fertig: {n} Epoche.",
        "Finished: {n} epochs.": "Fertig: {n} Epochen.",
    }
)


def started() -> LiveRun:
    live = LiveRun(SMALL)
    ask(live, newest_row=-1, at=0, speed="100", target_epoch=60)
    ask(live, newest_row=50, at=40, speed="100", target_epoch=60)
    return live


def note(live: LiveRun, config: Config, how: How = How.USUAL) -> str:
    """The note of an answer after settings changed, and were taken up at epoch 40."""
    with speaking(GERMAN):
        live.configure(config, how)
        waits = live.pending.number if live.pending else 0
        header, _ = ask(live, newest_row=50, at=40, change=waits, speed="100", target_epoch=60)
    text: str = header["note"]
    return text


def test_a_new_rate_is_told() -> None:
    assert note(started(), SMALL.replace(lr=0.0025)) == "Lernrate 0,0025 ab Epoche 40."


def test_a_new_run_is_told() -> None:
    live = started()
    with speaking(GERMAN):
        live.configure(SMALL.replace(optimizer="Adam"))
    assert live.note == "Neuer Lauf: Optimierer geändert. Drücke auf Start."


def test_what_is_remembered_of_a_change_is_english() -> None:
    live = started()
    told = note(live, SMALL.replace(optimizer="Adam"), How.GO_ON)
    assert told == "Optimierer ab Epoche 40 geändert." and live.changes == ((40, "Optimizer"),)


def test_a_reason_is_told_and_the_error_is_english() -> None:
    error = LossTooLarge(7)
    text = "New run: the loss at epoch {epoch} is too large for float32 under these settings. Press Play."
    with speaking(spoken({text: "Neuer Lauf: Epoche {epoch}."})):
        assert impossible(error) == "Neuer Lauf: Epoche 7."
        assert str(error) == "the loss at epoch 7 is too large for float32 under these settings"


def test_the_end_is_told() -> None:
    for epochs, text in ((1, "Fertig: 1 Epoche."), (3, "Fertig: 3 Epochen.")):
        run = Run(Config(epochs=epochs))
        run.advance(epochs=epochs)
        with speaking(GERMAN):
            assert ending(run) == ("good", text)
