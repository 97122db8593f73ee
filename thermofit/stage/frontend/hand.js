// The line in somebody's hand: the start that a new run is to have. As long as it is held, and until the server has begun
// that run, one computed row stands in place of the run's rows, so that everything in the picture follows it.

import { lossOf } from "./losses.js";
import { Rows } from "./rows.js";
import { tr } from "./words.js";

const DIGITS = 6; // of a start, at most

const FREE = { evaluations: 0, seconds: 0 }; // what a start has cost

export const REST = 250; // ms after the last key, when the server is told
export const LONG_REST = 800; // ms while a key is down: the keyboard waits about 500 before it repeats it

/** The multiple of `step`, a power of ten, that is nearest to the value. */
export function rounded(value, step) {
  const places = Math.min(Math.max(0, -Math.round(Math.log10(step))), 20);
  return Number((Math.round(value / step) * step).toFixed(places)) || 0; // not -0
}

const short = (value) => Number(value.toPrecision(DIGITS));
const within = (value, { least, most }) => Math.min(Math.max(value, least), most);
const meaning = (part) => JSON.stringify([part?.train, part?.loss]); // of w, b and their loss

export class Hand {
  /** `stage` has the tracks that it draws; `clock()` tells the time in ms. */
  constructor(stage, clock = () => performance.now()) {
    Object.assign(this, { stage, clock, part: null });
    this.#letGo();
  }

  #letGo() {
    Object.assign(this, { start: null, holds: false, dropped: null, seq: -1, restsAt: Infinity, refusal: "" });
    this.stage.tracks.inHand = null;
  }

  /** Whether the picture shows a line that is not a run's yet. */
  get isActive() {
    return this.start !== null;
  }

  /** Whether the line and the point may be taken from the picture: where it stands still. */
  get isReady() {
    return Boolean(this.part && this.stage.rows?.length && !this.stage.playing);
  }

  /** The line in the picture: {w, b}; null where there is none. */
  get line() {
    return this.start ?? this.#lineAt(this.stage.epoch);
  }

  /** The start in the controls: the one that is held, or that of the run. */
  get chosen() {
    return this.start ?? this.#lineAt(0);
  }

  #lineAt(epoch) {
    const { rows } = this.stage;
    const row = rows?.at(epoch) ?? -1;
    return row < 0 ? null : { w: rows.value("w", row), b: rows.value("b", row) };
  }

  /** A scene is shown: `part` is what it says of lines (thermofit/ui/scenes/hand.py), if anything. */
  show(part) {
    const same = meaning(part) === meaning(this.part);
    this.part = part ?? null;
    if (!this.isActive) return;
    this.stage.tracks.inHand = null; // other columns may be shown
    if (same) this.#compute();
    else this.#letGo();
  }

  /**
   * Take the line with weight `w` through the point (x, y), x in the units of w's inputs. Numbers that change become
   * round ones: the finer, the smaller the share of the picture that is seen (`zoom`); of 0, as they are.
   */
  hold(w, { x, y }, zoom = 1) {
    const { part, stage } = this;
    if (!part || !this.chosen || !Number.isFinite(w + y)) return;
    if (stage.playing) stage.actions.pause();
    const start = { w: within(this.#round("w", w, zoom), part.w) };
    start.b = within(this.#round("b", y - start.w * x, zoom), part.b);
    Object.assign(this, { start, holds: true, restsAt: Infinity, refusal: "" });
    this.#compute();
  }

  #round(name, value, zoom) {
    if (zoom === 0 || [this.line, this.chosen].some((known) => known?.[name] === value)) return short(value);
    return rounded(value, this.part[name].step * 10 ** Math.floor(Math.log10(Math.min(zoom, 1))));
  }

  /** Have one row, of the line that is held, stand in place of the run. */
  #compute() {
    const { part, start, stage: { tracks } } = this;
    const { loss, ...gradient } = lossOf(part.loss, start, part.train);
    const val_loss = lossOf(part.loss, start, part.validation).loss;
    const numbers = { ...start, ...gradient, train_loss: loss, val_loss, ...FREE };
    const columns = Object.fromEntries(tracks.columns.map((name) => [name, [numbers[name]]]));
    if (!tracks.inHand) {
      tracks.inHand = new Rows(tracks.columns, tracks.derived);
      tracks.inHand.add({ from: 0, stride: 1, count: 1, columns });
    }
    for (const name of tracks.columns) tracks.inHand.columns[name][0] = numbers[name];
    this.stage.stale = true;
  }

  /** Let go of it in `ms`, unless it is taken again before. */
  rest(ms) {
    if (this.holds) this.restsAt = this.clock() + ms;
  }

  /** Once per picture while it is held. */
  wait(now) {
    if (now >= this.restsAt) this.drop();
  }

  /** A new run is to start here. */
  drop() {
    if (!this.holds) return;
    if (!this.dropped && this.#isWhereItWas()) return void this.cancel();
    Object.assign(this, { holds: false, dropped: this.start, seq: -1, restsAt: Infinity });
    this.stage.stale = true;
  }

  /** Whether the run in the picture starts from this line and stands there. */
  #isWhereItWas() {
    const { start: { w, b }, stage } = this;
    const run = this.#lineAt(0);
    return stage.epoch === 0 && Math.fround(w) === run.w && Math.fround(b) === run.b;
  }

  /** Back to the picture as it was before the line was taken. */
  cancel() {
    if (!this.holds) return;
    Object.assign(this, { holds: false, restsAt: Infinity, start: this.dropped });
    if (this.start) this.#compute();
    else this.#letGo();
    this.stage.stale = true;
  }

  /** The question of this number asks for a run that starts where the line was let go of. */
  sent(seq) {
    this.seq = seq;
  }

  /** The question of this number is answered: that run is here. */
  received(seq) {
    if (!this.dropped || seq !== this.seq) return;
    this.dropped = null;
    if (!this.holds) this.#letGo();
  }

  /** A number was typed that is no start; the status line says so until there is a better one. */
  refuse(refusal) {
    this.cancel();
    Object.assign(this, { refusal });
    this.stage.stale = true;
  }

  /** What the status line says meanwhile. */
  get says() {
    if (this.refusal) return this.refusal;
    if (this.holds) return tr("Let go to start a new run from this line. Press Escape to put it back.");
    return this.dropped ? tr("A new run begins from this line.") : "";
  }
}
