// The rows of every run in the picture, by name, on one playhead: the run in hand, the future it left behind (the
// ghost), and any others that the server sends. A binding names the track that it follows.

import { Rows } from "./rows.js";

export const RUN = "run";
export const GHOST = "ghost";

export class Tracks {
  constructor() {
    Object.assign(this, { all: new Map(), standing: new Set(), hidden: new Set(), columns: [], derived: {}, own: {}, inHand: null });
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

  /**
   * Show these recorded columns, and these sums of them: rows that lack a column are forgotten, for all tracks.
   * `own` has the sums of tracks in other units: {track: {name: {column: coefficient}}}. It names every track
   * beside the run's; one that stands still and is not named any more is forgotten.
   */
  shape(columns, derived, own = {}) {
    if (this.columns.join() !== columns.join()) this.all.clear();
    Object.assign(this, { columns, derived, own });
    for (const name of this.standing) if (!(name in own)) this.set(name, null);
    this.standing = new Set([...this.standing].filter((name) => this.all.has(name)));
    for (const [name, rows] of this.all) rows.derive(this.#sums(name));
    if (!this.run) this.set(RUN, new Rows(columns, derived));
  }

  #sums(track) {
    return { ...this.derived, ...this.own[track] };
  }

  /** Take a block, which may have other columns than the scene shows; false where it leaves a gap after the rows here. */
  add({ track = RUN, ...block }) {
    const names = Object.keys(block.columns);
    if (this.all.get(track)?.names.join() !== names.join()) this.set(track, new Rows(names, this.#sums(track)));
    return this.all.get(track).add(block);
  }

  /** Hide the curves of those of these {track, shown} that are not shown, and of no other. */
  hide(all) {
    this.hidden = new Set(all.filter(({ shown }) => !shown).map(({ track }) => track));
  }

  /** The rows of this track are all here, and stay when another run begins. */
  stand(track) {
    if (this.all.has(track)) this.standing.add(track);
  }

  /** The name of a track that is to be shown and is not here; undefined if there is none. */
  get lacking() {
    return this.run?.length ? Object.keys(this.own).find((name) => !this.all.has(name)) : undefined;
  }

  /** Leave the run's future after `epoch`, up to the `furthest` epoch shown: it becomes the ghost. */
  leaveFuture(epoch, furthest, kept, conversion) {
    if (furthest > epoch) this.set(GHOST, this.run.between(epoch, furthest)); // else the one before stays
    this.get(GHOST)?.convert(conversion);
    this.run.truncate(kept);
  }

  /** A new run from epoch 0: nothing is left of the one before, nor of those in step with it. */
  clear() {
    this.run?.clear();
    for (const name of this.all.keys()) if (name !== RUN && !this.standing.has(name)) this.set(name, null);
  }
}
