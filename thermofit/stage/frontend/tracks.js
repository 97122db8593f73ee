// The rows of every run in the picture, by name, on one playhead: the run in hand, the future it left behind (the
// ghost), and any others that the server sends. A binding names the track that it follows.

import { Rows } from "./rows.js";

export const RUN = "run";
export const GHOST = "ghost";

export class Tracks {
  constructor() {
    Object.assign(this, { all: new Map(), columns: [], derived: {}, inHand: null });
  }

  /** The rows of a track; undefined while there are none. A line in somebody's hand stands in place of the run. */
  get(name = RUN) {
    return (name === RUN && this.inHand) || this.all.get(name);
  }

  /** The rows of the run, whatever stands in its place. */
  get run() {
    return this.all.get(RUN);
  }

  set(name, rows) {
    if (rows) this.all.set(name, rows);
    else this.all.delete(name);
  }

  /** Show these recorded columns, and these sums of them: rows that lack a column are forgotten, for all tracks. */
  shape(columns, derived) {
    if (this.columns.join() !== columns.join()) this.all.clear();
    Object.assign(this, { columns, derived });
    for (const rows of this.all.values()) rows.derived = Object.entries(derived);
    if (!this.run) this.set(RUN, new Rows(columns, derived));
  }

  /** Take a block; false where it leaves a gap after the rows that are here. */
  add({ track = RUN, ...block }) {
    if (!this.all.has(track)) this.set(track, new Rows(this.columns, this.derived));
    return this.all.get(track).add(block);
  }

  /** Leave the run's future after `epoch`, up to the `furthest` epoch shown: it becomes the ghost. */
  leaveFuture(epoch, furthest, kept, conversion) {
    if (furthest > epoch) this.set(GHOST, this.run.between(epoch, furthest)); // else the one before stays
    this.get(GHOST)?.convert(conversion);
    this.run.truncate(kept);
  }

  /** A new run from epoch 0: nothing is left of the one before. */
  clear() {
    this.run?.clear();
    this.set(GHOST, null);
  }
}
