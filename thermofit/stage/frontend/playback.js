// The playhead: which row is shown, and how it moves. Rows count updates, and are called epochs here: an epoch is one update
// unless there are mini-batches. It knows nothing of rows but the newest one that is here, and how many an epoch has.

import { STEP, isCalm } from "./calm.js";

const CATCH_UP = 150; // ms: at Max the playhead closes most of the gap to the newest row in this time
const SPACING = 28; // ms between two pictures at Max: more of them would take time from the training, on a small computer
const LONGEST_FRAME = 100; // ms: a tab that was hidden goes on where it stood

export class Playback {
  constructor(calm = isCalm) {
    Object.assign(this, { isCalm: calm, head: 0, playing: false, wanted: 0, furthest: 0, speed: undefined, time: 0, due: 0, pace: 0 });
    Object.assign(this, { opening: null, perEpoch: 1 });
  }

  /** Move the playhead on to the time `now`, at most to the epoch `newest`, which is here, of a run that ends at `end`. */
  advance(now, newest, held, end = Infinity) {
    const spacing = this.isCalm() ? STEP : this.speed === "max" ? SPACING : 0;
    if (this.playing && spacing) {
      if (now < this.due) return;
      this.due = Math.max(this.due, now - spacing) + spacing;
    }
    const elapsed = Math.min(now - this.time, Math.max(LONGEST_FRAME, spacing));
    this.time = now;
    if (this.playing && !held) this.head = Math.min(this.head + this.#step(elapsed, newest, end), newest);
    if (!this.playing && this.wanted > this.head) this.head = Math.min(this.wanted, newest);
  }

  #step(elapsed, newest, end) {
    if (this.speed !== "max") return (Number(this.speed) * this.perEpoch * elapsed) / 1000;
    const gap = newest - this.head;
    if (newest < end) this.pace = gap / CATCH_UP;
    const least = newest < end ? 1 : Math.max(1, this.pace * elapsed); // else the last epochs would take a second
    return Math.max(least, gap * (1 - Math.exp(-elapsed / CATCH_UP)));
  }

  play() {
    Object.assign(this, { playing: true, pace: 0, wanted: 0, opening: null });
  }

  /** Stand still at `epoch`. */
  pause(epoch) {
    if (this.playing || this.opening) Object.assign(this, { playing: false, head: epoch, wanted: 0, opening: null });
  }

  /** Show `epoch`, as soon as it is here. */
  go(epoch, newest) {
    Object.assign(this, { wanted: epoch, opening: null });
    this.head = Math.min(Math.max(0, epoch), newest);
  }

  /** Where so many steps lead, within 0 and `limit`; steps beyond the newest row are remembered. */
  stepped(by, limit) {
    const from = Math.min(Math.max(this.wanted, Math.floor(this.head)), limit);
    return Math.max(0, Math.min(from + by, limit));
  }

  /** Stand at `epoch` of another run, as soon as that is here; until somebody presses something, that is awaited. */
  restart(epoch) {
    const opening = epoch > 0 ? { plays: false } : null;
    Object.assign(this, { playing: false, wanted: epoch, head: epoch, furthest: 0, opening });
  }

  /** Go on as before from where it stands, once all rows have come again; until then the picture `stays`. */
  resume() {
    const at = Math.floor(this.head);
    Object.assign(this, { playing: false, wanted: at, head: at, opening: { plays: this.playing, stays: true } });
  }

  /** Rows are here up to the epoch `newest` of a run that ends at `end`; whether to play now, if the link `plays`. */
  arrived(plays, newest, end = Infinity) {
    if (!this.opening) return plays;
    this.opening.plays ||= plays;
    this.head = this.wanted = Math.min(this.wanted, end);
    if (newest < this.wanted) return false;
    const playsOn = this.opening.plays && this.wanted < end;
    this.opening = null;
    return playsOn;
  }

  /** Go on from `base`, where the run parts from the one before. */
  branch(base) {
    Object.assign(this, { head: Math.min(this.head, base), furthest: base, wanted: 0, opening: null });
  }
}
