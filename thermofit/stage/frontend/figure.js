// One Plotly figure whose moving traces say in their `meta` what moves them. Nothing here knows what the columns mean.
//   {play: "curve", x, y}                          the columns x and y up to the playhead
//   {play: "path", x, y}                           the same in a plane: also with every one of the first epochs
//   {play: "ghost", x, y}                          the columns of the future that was abandoned, see leave()
//   {play: "ghost", slope, intercept}              the line in which that ended, at the trace's own x
//   {play: "point", x: […], y: […], row?}          one point (or several, joined) at the playhead (or at a fixed row)
//   {play: "line", slope, intercept, from?, step?} y = slope · x + intercept at the trace's own x (or at some of them)
//   {play: "squares", slope, intercept}            a square on each residual (six positions: corners and a gap)
//   {hover: "line", slope, intercept}              customdata [number, line, gap] of each marker follows the playhead
// curve, path, point and ghost may have a column `z`, too, in a figure with a scene (three dimensions).
// layout.meta: {grow: {axis: {most?}}, toggles: [{label, on, traces | axis}], alt: parts,
//   click: true (a click is told to `onClick` in the units of the axes), flat: what to say instead of a scene without WebGL}

import { Envelope } from "./rows.js";
import { Space, hasWebGL, within, words } from "./space.js";

const STILL = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
const FIRST = 256; // epochs of a path that are never thinned: there it turns most
const DOUBLE = 300; // ms in which a second click makes a double one, which resets the zoom
const CONFIG = { displaylogo: false, doubleClick: false, displayModeBar: false, scrollZoom: false };
const FAR = 50; // heights of the picture beyond which a line is cut
const DECADES = 3; // a log axis shorter than this is labelled at 2 and 5, too

/** The next number of the series 1, 2, 5, 10, 20 … that is at least `value`. */
export function nice(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * unit).find((step) => step >= value);
}

export class Figure {
  constructor(box, rows) {
    Object.assign(this, { box, rows, held: new Set(), switched: {}, drawn: 0, own: 0, ghosts: [], left: null, space: new Space() });
  }

  /** Show `figure`; called again with another figure it changes the same plot in place. */
  async show(figure) {
    const fresh = !this.plot;
    this.deep = Boolean(figure.layout.scene) && hasWebGL();
    if (figure.layout.scene && !this.deep) figure = words(figure.layout.meta.flat, figure.layout);
    if (this.deep) figure.layout.scene.camera = this.space.camera(this.plot) ?? figure.layout.scene.camera;
    else this.space.release(this.plot);
    this.space.late = null;
    this.meta = structuredClone(figure.layout.meta ?? {}); // Plotly drops what is empty in its own
    this.moving = figure.data.map((trace, index) => ({ trace, index, ...trace.meta })).filter(({ play }) => play && play !== "ghost");
    this.hovering = figure.data.map((trace) => ({ trace, ...trace.meta })).filter(({ hover }) => hover);
    for (const part of this.moving) {
      if (part.play === "curve" || part.play === "path") part.envelope = new Envelope(this.rows, part.y);
      if (part.play === "path") part.across = new Envelope(this.rows, part.x);
    }
    this.ghosts = figure.data.map((trace, index) => ({ trace, index, ...trace.meta })).filter(({ play }) => play === "ghost");
    for (const ghost of this.ghosts) Object.assign(ghost.trace, this.#ghost(ghost, figure.layout.scene));
    if (this.picture !== figure.layout.uirevision) this.held.clear(); // other axes: no zoom comes along
    this.picture = figure.layout.uirevision;
    this.range = {};
    for (const axis of Object.keys(this.meta.grow ?? {})) this.range[axis] = this.#start(figure.layout[axis]);
    for (const toggle of this.meta.toggles ?? []) this.#preset(figure, toggle);
    this.held.forEach((axis) => { figure.layout[axis].range = this.plot.layout[axis].range; });
    this.plot = await Plotly.react(this.box, figure.data, figure.layout, CONFIG);
    // A legend that was not there in the figure before is placed before its height is known: place it again.
    if (!fresh && this.plot._fullLayout.showlegend) await Plotly.relayout(this.plot, { "legend.yanchor": "bottom" });
    if (!fresh) return;
    this.#listen();
    this.watcher = new ResizeObserver(() => this.box.offsetParent && Plotly.Plots.resize(this.box)); // not while hidden
    this.watcher.observe(this.box);
  }

  /** Put every moving trace where row `row` says. */
  draw(row) {
    if (!this.plot || row < 0) return;
    this.row = row;
    const data = this.moving.map((part) => this.#place(part, row));
    if (data.length) {
      this.#grow([...data, ...this.ghosts.map(({ trace, slope }) => (slope || !trace.visible ? {} : trace))]);
      const traces = this.moving.map(({ index }) => index);
      if (this.deep) this.space.draw(this.plot, data, traces);
      else Plotly.animate(this.plot, { data, traces }, STILL).catch(() => {});
    }
    for (const { trace, slope, intercept } of this.hovering) {
      const [a, c] = [this.rows.value(slope, row), this.rows.value(intercept, row)];
      trace.customdata.forEach((item, i) => {
        item[1] = a * trace.x[i] + c;
        item[2] = trace.y[i] - item[1];
      });
    }
    this.drawn++;
  }

  toggle(label, on) {
    this.switched[label] = on;
    const toggle = this.meta.toggles.find((item) => item.label === label);
    if (toggle.traces) return Plotly.restyle(this.plot, { visible: on }, toggle.traces);
    this.held.delete(toggle.axis);
    return this.#ours({ [`${toggle.axis}.type`]: on ? "log" : "linear", ...this.#ranges(toggle.axis, on) });
  }

  /** Show these rows, an abandoned future, as ghosts; null shows none. Not `now`: when the figure is shown next. */
  leave(rows, now = true) {
    this.left = rows;
    for (const ghost of now && this.plot ? this.ghosts : []) {
      const shows = this.#ghost(ghost, this.plot.layout.scene);
      Object.assign(ghost.trace, shows);
      Plotly.restyle(this.plot, Object.fromEntries(Object.entries(shows).map(([key, value]) => [key, [value]])), [ghost.index]);
    }
  }

  /** What a ghost's trace shows. Where nothing was abandoned it is not there, not even in the legend. */
  #ghost({ trace, x, y, z, slope, intercept }, scene) {
    const rows = this.left;
    if (!rows?.length) return { visible: false };
    const last = rows.length - 1;
    const value = (name, row = last) => rows.value(name, row);
    if (slope) return { visible: true, ...this.#within(trace, value(slope), value(intercept)) };
    const known = (row) => [x, y, z].every((name) => !name || Number.isFinite(value(name, row)));
    const picked = this.#way(new Envelope(rows, y), new Envelope(rows, x), last).filter(known);
    const columns = this.#columns({ x, y, z }, (name) => picked.map((row) => value(name, row)));
    return { visible: picked.length > 0, ...(z ? within(columns, scene) : columns) };
  }

  isOn(toggle) {
    return this.switched[toggle.label] ?? toggle.on;
  }

  /** Forget what was grown and zoomed: a new run starts with the figure's own ranges. */
  rewind() {
    this.held.clear();
  }

  remove() {
    this.watcher?.disconnect();
    this.space.release(this.plot);
    if (this.plot) Plotly.purge(this.plot);
  }

  #start({ range, type }) {
    return type === "log" ? range.map((power) => 10 ** power) : [...range];
  }

  #preset(figure, toggle) {
    const on = this.isOn(toggle);
    for (const index of toggle.traces ?? []) figure.data[index].visible = on;
    if (!toggle.axis) return;
    const axis = figure.layout[toggle.axis];
    axis.type = on ? "log" : "linear";
    if (!on) Object.assign(axis, { range: [0, this.range[toggle.axis][1]], dtick: null });
  }

  #place({ play, trace, envelope, across, x, y, z, row: fixed, slope, intercept, from = 0, step = 1 }, row) {
    if (play === "curve" || play === "path") {
      const picked = play === "path" ? this.#way(envelope, across, row) : envelope.upTo(row);
      return this.#columns({ x, y, z }, (name) => picked.map((i) => this.rows.value(name, i)));
    }
    if (play === "point") {
      return this.#columns({ x, y, z }, (names) => [names].flat().map((name) => this.rows.value(name, fixed ?? row)));
    }
    const [a, c] = [this.rows.value(slope, row), this.rows.value(intercept, row)];
    if (play === "squares") return this.#squares(trace, a, c);
    if (trace.x.length === 2) return this.#within(trace, a, c);
    return { y: trace.x.map((t, i) => ((i - from) % step === 0 && t !== null ? a * t + c : trace.y[i])) };
  }

  /** The line y = a x + c between two places, cut where it is far outside: Plotly loses digits of huge numbers. */
  #within(trace, a, c) {
    trace.ends ??= [...trace.x];
    const [low, high] = this.plot._fullLayout.yaxis.range;
    const [least, most] = [low - FAR * (high - low), high + FAR * (high - low)];
    const y = trace.ends.map((x) => Math.min(Math.max(a * x + c, least), most));
    return { x: trace.ends.map((end, i) => (y[i] === a * end + c || a === 0 ? end : (y[i] - c) / a)), y };
  }

  /** Squares as tall as wide on the screen, on the side on which a rising line leaves room. */
  #squares({ x, y }, a, c) {
    const { xaxis, yaxis } = this.plot._fullLayout;
    const [across, up] = [xaxis, yaxis].map(({ range, _length }) => (range[1] - range[0]) / _length); // per pixel
    const corners = x.flatMap((t, i) => (i % 6 ? [] : [[t, y[i], a * t + c]])).map(([t, reading, line]) => {
      const side = ((line - reading) * across) / up;
      return { x: [t, t, t + side, t + side, t, null], y: [reading, line, line, reading, reading, null] };
    });
    return { x: corners.flatMap((corner) => corner.x), y: corners.flatMap((corner) => corner.y) };
  }

  #columns(names, values) {
    return Object.fromEntries(Object.entries(names).filter(([, name]) => name).map(([axis, name]) => [axis, values(name)]));
  }

  /** The rows to draw for a path up to row `end`: the first ones, and the extremes of both its columns. */
  #way(envelope, across, end) {
    const picked = new Set([...envelope.upTo(end), ...across.upTo(end)]);
    for (let row = 0; row < Math.min(FIRST, end); row++) picked.add(row);
    return [...picked].sort((a, b) => a - b);
  }

  /** Axes grow by steps and never shrink, so that nothing jumps from frame to frame. */
  #grow(data) {
    for (const [axis, { most = Infinity }] of Object.entries(this.meta.grow ?? {})) {
      const [low, high] = this.range[axis];
      let [smallest, largest] = [low, high];
      for (const part of data) {
        for (const value of part[axis[0]] ?? []) {
          if (value < smallest) smallest = value;
          if (value > largest) largest = value;
        }
      }
      if (smallest === low && largest === high) continue;
      const log = this.plot.layout[axis].type === "log";
      if (axis[0] === "x") this.range[axis] = [low, Math.min(nice(largest), most)];
      else this.range[axis] = [low, high].map((edge, i) => this.#step(edge, [smallest, largest][i], i, high - low));
      if (!this.held.has(axis)) this.#ours(this.#ranges(axis, log));
    }
  }

  #step(edge, value, upper, span) {
    if (value === edge) return edge;
    if (edge > 0 && value > 0) return 10 ** ((upper ? Math.ceil : Math.floor)(Math.log10(value) * 2) / 2);
    return value + (upper ? 0.25 : -0.25) * span;
  }

  #ranges(axis, log = this.plot.layout[axis].type === "log") {
    const [low, high] = this.range[axis];
    const ticks = (dtick) => ({ [`${axis}.tickmode`]: dtick ? "linear" : "auto", [`${axis}.dtick`]: dtick });
    if (!log) return { [`${axis}.range`]: [axis[0] === "y" && low > 0 ? 0 : low, high], ...ticks(null) };
    const range = [Math.log10(low), Math.log10(high)];
    return { [`${axis}.range`]: range, ...ticks(range[1] - range[0] < DECADES ? "D2" : null) };
  }

  #ours(change) {
    this.own++; // several may be under way, and each is told to the listener when it is done
    return Plotly.relayout(this.plot, change).finally(() => { this.own--; });
  }

  #listen() {
    this.plot.on("plotly_relayout", (change) => {
      if (this.moving.some(({ play }) => play === "squares")) this.draw(this.row); // they depend on the axes
      if (this.own) return;
      for (const key of Object.keys(change)) if (/^[xy]axis\d*\.range/.test(key)) this.held.add(key.split(".")[0]);
    });
    if (this.onClick) this.plot.on("plotly_click", ({ event }) => this.#click(event));
    this.plot.on("plotly_doubleclick", () => {
      clearTimeout(this.clicked);
      this.held.clear();
      const grown = Object.keys(this.meta.grow ?? {}).map((axis) => this.#ranges(axis));
      this.#ours(Object.assign({}, this.meta.home, ...grown));
    });
  }
  /** Tell where the axes were clicked, once it is clear that no second click follows. */
  #click({ clientX, clientY }) {
    clearTimeout(this.clicked);
    if (!this.meta.click) return;
    const { left, top } = this.plot.getBoundingClientRect();
    const { xaxis, yaxis } = this.plot._fullLayout;
    const value = (axis, pixel) => Number(axis.p2r(pixel - axis._offset));
    const place = { x: value(xaxis, clientX - left), y: value(yaxis, clientY - top) };
    for (const [name, axis] of [["x", xaxis], ["y", yaxis]]) if (axis.type === "log") place[name] = 10 ** place[name];
    this.clicked = setTimeout(() => this.onClick(place), DOUBLE);
  }
}
