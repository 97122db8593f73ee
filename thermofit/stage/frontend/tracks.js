// The rows of every run in the picture, by name, on one playhead: the run in hand, the future it left behind (the
// ghost), and any others that the server sends. A binding names the track that it follows.

import { clockOf } from "./clock.js";
import { Lit } from "./lit.js";
import { Rows } from "./rows.js";

export const RUN = "run";
export const GHOST = "ghost";

export class Tracks {
  constructor() {
    Object.assign(this, { all: new Map(), standing: new Set(), hidden: new Set(), columns: [], derived: {}, own: {}, inHand: null, isChanged: false, lit: new Lit() });
  }

  /** The rows of a track; undefined while there are none. A line in somebody's hand stands in place of the run. */
  get(name = RUN) {
    return (name === RUN && this.inHand) || this.all.get(name);
  }

  /** The number of the row at which these rows stand when the run stands at `row`: as many epochs are done. */
  moment(rows, row) {
    const run = this.run?.clock;
    return !run || rows.clock === run ? row : rows.clock.reached(run.epoch(row));
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
   * Show these recorded columns, and these sums of them. Rows that lack a column stay until others come: see `isShort`.
   * `own` has the sums of tracks in other units: {track: {name: {column: coefficient}}}. It names every track
   * beside the run's; one that stands still and is not named any more is forgotten.
   */
  shape(columns, derived, own = {}) {
    Object.assign(this, { columns, derived, own });
    for (const name of this.standing) if (!(name in own)) this.set(name, null);
    this.standing = new Set([...this.standing].filter((name) => this.all.has(name)));
    for (const [name, rows] of this.all) rows.derive(this.#sums(name));
    for (const rows of this.#growing) rows.narrow(columns);
    if (!this.run) this.set(RUN, new Rows(columns, derived));
  }

  #sums(track) {
    return { ...this.derived, ...this.own[track] };
  }

  /** The rows of the run and of those in step with it: more of them may come, with the columns of the scene. */
  get #growing() {
    return [...this.all].filter(([name]) => name !== GHOST && !this.standing.has(name)).map(([, rows]) => rows);
  }

  /** Whether these rows lack a column that is shown; a clock has none at all. */
  #lacks(rows) {
    return rows.names.length > 0 && this.columns.some((name) => !rows.names.includes(name));
  }

  /** Whether the rows of the run, or of those in step with it, must be asked for again. */
  get isShort() {
    return this.#growing.some((rows) => rows.length && this.#lacks(rows));
  }

  /**
   * Take a block, which may have other columns than the scene shows; false where it leaves a gap after the rows here.
   * Rows with other columns take the place of those that are here.
   */
  add({ track = RUN, clock, ...block }) {
    const [names, here] = [Object.keys(block.columns), this.all.get(track)];
    const rows = here?.names.join() === names.join() ? here : new Rows(names, this.#sums(track));
    rows.clock = clockOf(clock);
    const fits = rows.add(block);
    if (fits && (rows.length || !here)) this.set(track, rows);
    return fits;
  }

  /** Take what an answer holds; returns the blocks that leave a gap. */
  take({ blocks, batches }) {
    this.lit.take(batches);
    return blocks.filter((block) => !this.add(block));
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
    const isHere = (name) => this.all.has(name) && !(this.standing.has(name) && this.#lacks(this.all.get(name)));
    return this.run?.length ? Object.keys(this.own).find((name) => !isHere(name)) : undefined;
  }

  /** Leave the run's future after `epoch`, up to the `furthest` epoch shown: it becomes the ghost. */
  leaveFuture(epoch, furthest, kept, conversion) {
    if (furthest > epoch) this.set(GHOST, this.run.between(epoch, furthest)); // else the one before stays
    this.get(GHOST)?.convert(conversion);
    this.run.truncate(kept);
    this.lit.clear();
  }

  /** A new run from epoch 0: nothing is left of the one before, nor of those in step with it. */
  clear() {
    this.run?.clear();
    this.lit.clear();
    for (const name of this.all.keys()) if (name !== RUN && !this.standing.has(name)) this.set(name, null);
  }
}
