// The readings in somebody's hand: one point is moved, added or removed at a time, and the server is told when it is let go
// of. Until it has begun a run on the changed readings, they are shown as they were left.

import { fitNumbers } from "./fit_numbers.js";
import { local, tr, trn } from "./words.js";

export class Edits {
  /** `send(words, done)` tells the server; `done()` is called when it has answered. */
  constructor(send) {
    Object.assign(this, { send, spec: null, inputs: [], targets: [], held: null, waits: false, pending: null });
  }

  get count() {
    return this.inputs.length;
  }

  /** The last point that stands here; -1 if none does. */
  rowAt(x, y) {
    return this.inputs.findLastIndex((value, row) => value === x && this.targets[row] === y);
  }

  /** Where a point stands, in words. */
  placeOf(row) {
    const { spec: { names: { x, y } }, inputs, targets } = this;
    const [input, target] = [inputs, targets].map((column) => local(String(Number(column[row].toPrecision(6)))));
    // Translators: where a point stands: the name of each axis, and a number on it
    return tr("{x} {input}, {y} {target}", { x, input, y, target });
  }

  /** A figure is shown with these readings (thermofit/ui/scenes/editable.py); a point that is held stays in the hand. */
  show(spec) {
    if (spec === this.spec) return;
    Object.assign(this, { spec, inputs: [...(spec?.inputs ?? [])], targets: [...(spec?.targets ?? [])] });
    if (this.held?.row >= this.count) this.#letGo();
    if (this.held) this.#put(this.held);
  }

  /** Whether this point may be taken now. */
  mayTake(row) {
    if (row >= this.count) return false;
    return !this.pending || (this.pending.do === "move" && (!this.held || this.held.row === row));
  }

  /** Have the point stand at (x, y), or at the nearest place that is allowed. */
  hold(row, x, y) {
    if (!this.mayTake(row) || !Number.isFinite(x + y)) return;
    const { reading } = this.spec.most;
    const within = (value) => Math.min(Math.max(value, -reading), reading) || 0; // not -0
    Object.assign(this, { held: { row, x: within(x), y: within(y) }, waits: false });
    this.#put(this.held);
  }

  #put({ row, x, y }) {
    [this.inputs[row], this.targets[row]] = [x, y];
  }

  #letGo() {
    Object.assign(this, { held: null, waits: false });
  }

  /** Let go of it where it is; false if it is where it was. */
  drop() {
    const { held, spec } = this;
    if (!held) return false;
    if (this.pending) return (this.waits = true); // told once that is answered
    this.#letGo();
    if (spec.inputs[held.row] === held.x && spec.targets[held.row] === held.y) return false;
    return this.#tell({ do: "move", ...held });
  }

  /** Put the point back where it was. */
  cancel() {
    const { held, spec } = this;
    if (!held) return;
    this.#letGo();
    this.#put({ row: held.row, x: spec.inputs[held.row], y: spec.targets[held.row] });
  }

  /** Why no point can be added; "" if one can. */
  get full() {
    const { points } = this.spec.most;
    return this.count < points ? ""
      : trn("At most {n} point can be edited one by one.", "At most {n} points can be edited one by one.", points);
  }

  /** Why no point can be removed; "" if one can. */
  get scarce() {
    const { fewest } = this.spec;
    return this.count > fewest ? "" : trn("A line needs at least {n} point.", "A line needs at least {n} points.", fewest);
  }

  add(x, y) {
    if (this.pending || this.held || this.full) return false;
    return this.#tell({ do: "add", x, y });
  }

  remove(row) {
    if (this.pending || this.scarce || row >= this.count) return false;
    this.cancel();
    return this.#tell({ do: "remove", row });
  }

  #tell(words) {
    this.pending = words;
    const { of } = this.spec;
    this.send({ edit: { ...words, of } }, () => this.#answered(of));
    return true;
  }

  /** The server has answered; where it still has the same readings, it refused. */
  #answered(of) {
    this.pending = null;
    const refused = this.spec?.of === of;
    if (refused) Object.assign(this, { inputs: [...this.spec.inputs], targets: [...this.spec.targets] });
    if (this.held) this.#put(this.held);
    if (this.waits) this.drop();
    this.onAnswer?.(refused);
  }

  /** The training readings as they are in the hand. */
  get trained() {
    const of = (column) => this.spec.training.map((row) => column[row]);
    return { inputs: of(this.inputs), targets: of(this.targets) };
  }

  /** Whether all readings are where the figure shows them. */
  get areAsTheyCame() {
    const same = (one, other) => one.every((value, row) => value === other[row]);
    return same(this.inputs, this.spec.inputs) && same(this.targets, this.spec.targets);
  }

  /** The closed form and its numbers, of those. */
  get numbers() {
    return fitNumbers(this.trained, this.spec.scaling, this.spec.loss);
  }
}
