"""The second half of an exported script: the training loop, with only the lines that this set-up needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import indent

from thermofit.config.config import Config
from thermofit.export.comments import comment
from thermofit.export.data_code import Names
from thermofit.export.optimizer_code import constructor, scheduler
from thermofit.optim.registry import OPTIMIZERS, Optimizer
from thermofit.optim.schedules import SCHEDULES, Schedule
from thermofit.words import tr

PRINTED = 10  # lines of progress that a script prints
RATE = 'learning_rate = optimizer.param_groups[0]["lr"]'  # as the scheduler has set it


@dataclass(frozen=True)
class LoopCode:
    """Writes the loop of one Config; each method gives the lines of one of its parts."""

    config: Config
    name: Names
    split: bool

    @property
    def optimizer(self) -> Optimizer:
        """The registry entry."""
        return OPTIMIZERS[self.config.optimizer]

    @property
    def constructor(self) -> str:
        """The call that makes the optimizer, or ""."""
        return constructor(self.optimizer, self.config.lr, self.config.hyper)

    @property
    def schedule(self) -> Schedule:
        """The registry entry."""
        return SCHEDULES[self.config.schedule]

    @property
    def rows(self) -> tuple[str, str]:
        """The names of the readings and targets that a step sees."""
        return ("t_batch", "t_c_batch") if self.config.batch else (self.name.t_un, self.name.t_c)

    @property
    def autograd(self) -> bool:
        """Whether autograd computes the gradient."""
        return self.config.gradient == "autograd"

    def start(self) -> Iterator[str]:
        """Parameters, learning rate, number of epochs, optimizer."""
        config = self.config
        graph = ", requires_grad=True" if self.autograd else ""
        yield f"params = torch.tensor([{config.w0!r}, {config.b0!r}]{graph})"
        yield f"learning_rate = {config.lr!r}"
        yield f"n_epochs = {config.epochs!r}"
        if self.constructor:
            yield f"optimizer = {self.constructor}"
        if self.config.batch:
            yield from self.batches()
        if self.config.schedule != "none":
            yield from self.scheduler()
        if self.config.average:
            yield "average, n_averaged = torch.zeros(2), 0"

    def batches(self) -> Iterator[str]:
        """A DataLoader that deals the training rows out."""
        config, name = self.config, self.name
        yield "batches = torch.utils.data.DataLoader("
        yield f"    torch.utils.data.TensorDataset({name.t_un}, {name.t_c}),"
        yield f"    batch_size={config.batch!r},"
        yield "    shuffle=True,"
        if config.drop_last:
            yield "    drop_last=True,"
        yield f"    generator=torch.Generator().manual_seed({config.batch_seed!r}),"
        yield ")"

    def scheduler(self) -> Iterator[str]:
        """torch's scheduler; beside a step by hand, for an optimizer that has nothing to do."""
        config = self.config
        if not self.constructor:
            yield comment(tr("A scheduler needs an optimizer; this one has nothing to train, only a rate."))
            yield "optimizer = optim.SGD([torch.zeros(1)], lr=learning_rate)"
        per = "len(batches)" if config.batch else ""
        made = scheduler(self.schedule, self.optimizer, config.lr, config.schedule_hyper, per)
        yield f"scheduler = {made}"
        if not self.constructor:
            yield RATE

    def pace(self, each: str) -> Iterator[str]:
        """Step the scheduler, if it steps after `each` epoch or update."""
        if self.config.schedule == "none" or self.schedule.each != each:
            return
        watched = ("val_loss" if self.split else "train_loss") if self.schedule.watches_loss else ""
        if not self.constructor:
            said = comment(tr("nothing but a sign to the scheduler"))
            yield f"optimizer.step()  {said}"
        yield f"scheduler.step({watched})"
        if not self.constructor:
            yield RATE

    def averaging(self) -> Iterator[str]:
        """What torch's AveragedModel does: the mean of the parameters after each epoch."""
        if self.config.average:
            yield f"if epoch >= {self.config.average!r}:"
            yield "    n_averaged += 1"
            yield "    average += (params.detach() - average) / n_averaged"

    def zero(self) -> Iterator[str]:
        """Zero .grad, to which backward() adds."""
        if not self.autograd:
            return
        if self.config.mistake == "no-zero-grad":
            yield comment(tr("MISTAKE: nobody empties params.grad, so all gradients pile up in it"))
        elif self.constructor:
            yield "optimizer.zero_grad()"
        else:
            yield "if params.grad is not None:"
            yield "    params.grad.zero_()"

    def gradient(self) -> Iterator[str]:
        """Compute the gradient into params.grad or, if everything is by hand, into grad."""
        name = self.name
        t, t_c = self.rows
        yield f"t_p = model({t}, *params)"
        if self.autograd:
            yield f"loss = loss_fn(t_p, {t_c})"
            yield "loss.backward()"
        else:
            target = "params.grad" if self.constructor else "grad"
            yield f"{target} = grad_fn({t}, {t_c}, t_p)"
        if self.config.mistake == "validation-leak" and self.split:
            yield comment(tr("MISTAKE: the validation loss trains, too"))
            yield f"val_loss = {self.loss(name.val_t_un, name.val_t_c)}"
            yield "val_loss.backward()"

    def step(self) -> Iterator[str]:
        """Apply the gradient."""
        if self.optimizer.sparse:
            said = comment(tr("{optimizer} takes no other", optimizer=self.config.optimizer))
            yield f"params.grad = params.grad.to_sparse()  {said}"
        if self.constructor:
            yield "optimizer.step()"
        elif not self.autograd:
            yield "params = params - learning_rate * grad"
        elif self.config.mistake == "no-no_grad":
            yield comment(tr("MISTAKE: not under torch.no_grad(), so torch refuses"))
            yield "params -= learning_rate * params.grad"
        else:
            yield "with torch.no_grad():"
            yield "    params -= learning_rate * params.grad"

    def closure(self) -> Iterator[str]:
        """The closure that an optimizer may call several times in one step."""
        yield "def closure():"
        loss = "loss" if self.autograd else f"loss_fn(t_p, {self.rows[1]})"
        for line in (*self.zero(), *self.gradient(), f"return {loss}"):
            yield f"    {line}"

    def loss(self, t: str, t_c: str) -> str:
        """The loss of the present parameters on these rows."""
        return f"loss_fn(model({t}, *params), {t_c})"

    def evaluate(self) -> Iterator[str]:
        """The losses of the present parameters; with autograd, without a graph."""
        train = f"train_loss = {self.loss(self.name.t_un, self.name.t_c)}"
        val = [f"val_loss = {self.loss(self.name.val_t_un, self.name.val_t_c)}"] if self.split else []
        if not self.autograd:
            yield from (train, *val)
            return
        tracked = self.config.mistake == "track-validation"
        yield "with torch.no_grad():"
        yield from (f"    {line}" for line in (train, *([] if tracked else val)))
        if tracked and val:
            yield comment(tr("MISTAKE: not under torch.no_grad(), so a graph is recorded for nothing"))
            yield from val

    def report(self) -> Iterator[str]:
        """Print the losses now and then; stop when they are no longer numbers."""
        validation = ", validation loss {val_loss:.6f}" if self.split else ""
        yield f"if epoch % {max(1, self.config.epochs // PRINTED)} == 0:"
        yield f'    print(f"Epoch {{epoch}}, training loss {{train_loss:.6f}}{validation}")'
        yield "if not torch.isfinite(train_loss):"
        yield '    print(f"Epoch {epoch}: diverged")'
        yield "    break"

    def slope(self) -> Iterator[str]:
        """A function for the length of the gradient, for stopping early."""
        name = self.name
        t_p = f"model({name.t_un}, *params)"
        yield "def slope(params):"
        if self.autograd:
            yield f"    (gradient,) = torch.autograd.grad(loss_fn({t_p}, {name.t_c}), params)"
            yield "    return gradient.norm()"
        else:
            yield f"    return grad_fn({name.t_un}, {name.t_c}, {t_p}).norm()"

    def stop(self) -> Iterator[str]:
        """Stop when the gradient is short enough."""
        yield f"if slope(params) < {self.config.tolerance!r}:"
        if self.config.batch:
            yield "    calm = True"
        yield '    print(f"Stopped after {epoch - 1} epochs: it is flat here")'
        yield "    break"

    def epoch(self) -> str:
        """The body of the loop."""
        calm = [list(self.stop())] if self.config.tolerance > 0 else []
        work = [[*self.zero()], [*self.gradient()], [*self.step()]]
        if self.optimizer.closure:
            work = [["optimizer.step(closure)"]]
        update = _joined([*calm, *work, [*self.pace("update")]])
        if self.config.batch:
            update = f"for t_batch, t_c_batch in batches:\n{indent(update, '    ')}"
            if calm:  # it ended in the middle of an epoch
                update = f"{update}\nelse:\n    calm = False\nif calm:\n    break"
        after = [[*self.evaluate()], [*self.pace("epoch")], [*self.averaging()], [*self.report()]]
        return indent(_joined([[update], *after]), "    ")

    def code(self) -> str:
        """The whole section."""
        parts = ["\n".join(self.start())]
        if self.config.tolerance > 0:
            parts = [*parts, "\n" + "\n".join(self.slope()) + "\n", "\n".join(self.evaluate())]
        if self.optimizer.closure:
            parts.append("\n" + "\n".join(self.closure()) + "\n")
        return "\n\n".join([*parts, f"for epoch in range(1, n_epochs + 1):\n{self.epoch()}"])


def _joined(parts: Sequence[Sequence[str]]) -> str:
    """The lines of the parts, with an empty line between two parts."""
    return "\n\n".join("\n".join(part) for part in parts if part)
