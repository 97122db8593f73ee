// The rows of every run in the picture, by name, on one playhead: the run in hand, the future it left behind (the
// ghost), and any others that the server sends. A binding names the track that it follows.

import { Rows } from "./rows.js";

export const RUN = "run";
export const GHOST = "ghost";

export class Tracks {
  constructor() {
    Object.assign(this, { all: new Map(), columns: [], derived: {} });
  }

  /** The rows of a track; undefined while there are none. */
  get(name = RUN) {
    return this.all.get(name);
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
    if (!this.get(RUN)) this.set(RUN, new Rows(columns, derived));
  }

  /** Take a block; false where it leaves a gap after the rows that are here. */
  add({ track = RUN, ...block }) {
    if (!this.all.has(track)) this.set(track, new Rows(this.columns, this.derived));
    return this.get(track).add(block);
  }

  /** Leave the run's future after `epoch`, up to the `furthest` epoch shown: it becomes the ghost. */
  leaveFuture(epoch, furthest, kept, conversion) {
    if (furthest > epoch) this.set(GHOST, this.get(RUN).between(epoch, furthest)); // else the one before stays
    this.get(GHOST)?.convert(conversion);
    this.get(RUN).truncate(kept);
  }

  /** A new run from epoch 0: nothing is left of the one before. */
  clear() {
    this.get(RUN)?.clear();
    this.set(GHOST, null);
  }
}
