from thermofit import Config, Run
from thermofit.loop.checkpoints import LIMIT, SPACING, Checkpoints


def test_checkpoints_stay_few_and_near():
    saved = Checkpoints()
    saved.add(0, None)
    for epoch in range(1, 200_000):
        if saved.due(epoch):
            saved.add(epoch, None)
        assert len(saved) <= LIMIT + 1
    assert 199_999 - saved.latest()[0] <= saved.spacing <= 2 * 200_000 / LIMIT + SPACING


def test_epoch_0_is_never_forgotten():
    saved = Checkpoints()
    for epoch in range(0, 100_000, SPACING):
        if saved.due(epoch):
            saved.add(epoch, None)
    saved.truncate(1)
    assert saved.latest()[0] == 0


def test_a_run_saves_at_the_epochs_that_are_due():
    run = Run(Config(gradient="manual", optimizer="by-hand"))
    run.advance(epochs=3 * SPACING + 5)
    assert sorted(run.timeline.checkpoints._saved) == [0, SPACING, 2 * SPACING, 3 * SPACING]
