// What moves the traces of a figure. A trace says in its `meta` which track it follows ("run" unless it names another),
// whether it shows the `whole` track or what lies before the playhead, and how. Nothing here knows what columns mean.
//   {play: "curve", x, y}                          the columns x and y
//   {play: "path", x, y}                           the same in a plane: also with every one of the first epochs, but not
//                                                  what jumps across a figure that has a frame (frame.js)
//   {play: "point", x: […], y: […], row?}          one point (or several, joined) at the playhead (or at a fixed row)
//   {play: "line", slope, intercept, from?, step?} y = slope · x + intercept at the trace's own x (or at some of them)
//   {play: "squares", slope, intercept}            a square on each residual (six positions: corners and a gap)
//   {play: "bowl", rises, factor, offset}          contours of the loss over the batch of the step at the playhead
//   {…, gone: text}                                what the picture says while such a line is nowhere in it
//   {hover: "line", slope, intercept}              customdata [number, line, gap] of each marker follows the playhead
//   {play: "batch", of}                            the readings that the next step sees, as they stand in the trace `of`
//   {play: "plan"}                                 places that stand as they are, while no setting has changed on the way
//   {…, room: false}                               no axis grows for it
// curve, path and point may have a column `z`, too, in a figure with a scene (three dimensions).

import { contours } from "./batch_bowl.js";
import { Envelope } from "./envelope.js";
import { framed } from "./frame.js";

const FIRST = 256; // epochs of a path that are never thinned: there it turns most
const FEWER = 64; // buckets, and as many first epochs, of one among many that move
const FAR = 50; // heights of the picture beyond which a line is cut

/** The bindings of a figure's traces: those that move with the playhead, those that stand, and those that tell on hover. */
export function bindings(traces) {
  const all = traces.map((trace, index) => new Binding(trace, index, traces));
  return {
    moving: all.filter(({ play, whole }) => play && !whole),
    standing: all.filter(({ play, whole }) => play && whole),
    hovering: all.filter(({ hover }) => hover),
  };
}

class Binding {
  constructor(trace, index, traces) {
    Object.assign(this, { from: 0, step: 1 }, trace.meta, { trace, index, traces });
  }

  /** What the trace shows when the playhead stands at `epoch`; null where its track has no rows. */
  place(tracks, epoch, axes) {
    const rows = tracks.get(this.track);
    const row = this.whole ? (rows?.length ?? 0) - 1 : rows?.at(tracks.moment(rows, epoch)) ?? -1;
    if (this.play === "plan") return this.#plan(tracks);
    if (row < 0) return null;
    if (this.play === "curve") return this.#curve(rows, row);
    if (this.play === "path") return axes.home && !this.z ? framed(this.#curve(rows, row), axes.home) : this.#curve(rows, row);
    if (this.play === "batch") return this.#batch(tracks.lit.at(rows.epoch[row]) ?? []);
    if (this.play === "point") return this.#point(rows, this.row ?? row);
    if (this.play === "bowl") return this.#bowl(rows, row, axes);
    const [slope, intercept] = [rows.value(this.slope, row), rows.value(this.intercept, row)];
    if (this.play === "squares") return squares(this.trace, slope, intercept, axes);
    if (this.whole || this.trace.x.length === 2) return this.#line(slope, intercept, axes);
    const { x, y } = this.trace;
    return { y: x.map((t, i) => ((i - this.from) % this.step === 0 && t !== null ? slope * t + intercept : y[i])) };
  }

  /** Tell each marker the line and the gap at the playhead. */
  tell(tracks, epoch) {
    const rows = tracks.get(this.track);
    const row = rows?.at(epoch) ?? -1;
    if (row < 0) return;
    const [slope, intercept] = [rows.value(this.slope, row), rows.value(this.intercept, row)];
    const { x, y, customdata } = this.trace;
    customdata.forEach((item, i) => {
      item[1] = slope * x[i] + intercept;
      item[2] = y[i] - item[1];
    });
  }

  /** Readings are named by their numbers, from 0 on; customdata has them from 1 on. Some may not be drawn. */
  #batch(numbers) {
    const { x, y, customdata } = this.traces[this.of];
    this.places ??= new Map(customdata.map(([number], place) => [number - 1, place]));
    const drawn = [...numbers].map((number) => this.places.get(number)).filter((place) => place !== undefined);
    if (!drawn.length) return { x: [null], y: [null] }; // a trace without places would be left out of the legend
    return { x: drawn.map((place) => x[place]), y: drawn.map((place) => y[place]) };
  }

  #plan({ isChanged }) {
    this.planned ??= { x: [...this.trace.x], y: [...this.trace.y] };
    return isChanged ? { x: [], y: [] } : this.planned;
  }

  #point(rows, row) {
    return this.#columns((names) => [names].flat().map((name) => rows.value(name, row)));
  }

  #curve(rows, row) {
    if (this.rows !== rows) {
      const among = this.track && !this.whole;
      const envelope = (name) => new Envelope(rows, name, among ? FEWER : undefined);
      Object.assign(this, { rows, envelope: envelope(this.y), across: envelope(this.x), first: among ? FEWER : FIRST });
    }
    const known = (i) => !this.whole || [this.x, this.y, this.z].every((name) => !name || Number.isFinite(rows.value(name, i)));
    const picked = (this.play === "path" ? this.#path(row) : this.envelope.upTo(row)).filter(known);
    return this.#columns((name) => picked.map((i) => rows.value(name, i)));
  }

  /** The rows to draw for a path up to row `end`: the first ones, and the extremes of both its columns. */
  #path(end) {
    const first = Math.min(this.first, end);
    return merged(Array.from({ length: first }, (_, row) => row), this.envelope.upTo(end), this.across.upTo(end));
  }

  /** Where the trace is switched off, nothing is computed. */
  #bowl(rows, row, axes) {
    if (this.trace.visible === false) return { x: [], y: [] };
    const parts = ["mean", "variance", "best", "level"].map((name) => [name, rows.value(`batch_${name}`, row)]);
    return contours(Object.fromEntries(parts), this.rises, axes.x.range, this);
  }

  #columns(values) {
    const named = [["x", this.x], ["y", this.y], ["z", this.z]].filter(([, name]) => name);
    return Object.fromEntries(named.map(([axis, name]) => [axis, values(name)]));
  }

  #line(slope, intercept, axes) {
    this.ends ??= [...this.trace.x];
    return cutLine(this.ends, slope, intercept, axes.y.range);
  }
}

/** These row numbers and, after the last of them, those of two other lists, in order; each list is. Each comes once. */
function merged(picked, one, other) {
  let last = picked.length - 1;
  for (let i = 0, j = 0; i < one.length || j < other.length; ) {
    const row = j >= other.length || one[i] <= other[j] ? one[i++] : other[j++];
    if (row > last) picked.push((last = row));
  }
  return picked;
}

/** The line between two places x, cut where it is far outside of the range: Plotly loses digits of huge numbers. */
export function cutLine(ends, slope, intercept, [low, high]) {
  const [least, most] = [low - FAR * (high - low), high + FAR * (high - low)];
  const y = ends.map((x) => Math.min(Math.max(slope * x + intercept, least), most));
  const x = ends.map((end, i) => (y[i] === slope * end + intercept || slope === 0 ? end : (y[i] - intercept) / slope));
  return { x, y };
}

/** Whether a line is anywhere to be seen in a plot with these ranges. */
export function isInPicture({ x: [x0, x1], y: [y0, y1] }, [left, right], [low, high]) {
  const at = (x) => y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  const ends = [at(left), at(right)];
  return Math.max(...ends) >= low && Math.min(...ends) <= high;
}

/** Squares as tall as wide on the screen, on the side on which a rising line leaves room. */
export function squares({ x, y }, slope, intercept, axes) {
  const [across, up] = [axes.x, axes.y].map(({ range, length }) => (range[1] - range[0]) / length); // per pixel
  const corners = x.flatMap((t, i) => (i % 6 ? [] : [[t, y[i], slope * t + intercept]])).map(([t, reading, line]) => {
    const side = ((line - reading) * across) / up;
    return { x: [t, t, t + side, t + side, t, null], y: [reading, line, line, reading, reading, null] };
  });
  return { x: corners.flatMap((corner) => corner.x), y: corners.flatMap((corner) => corner.y) };
}
