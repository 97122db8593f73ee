// One Plotly figure whose moving traces say in their `meta` what moves them. Nothing here knows what the columns mean.
//   {play: "curve", x, y}                          the columns x and y up to the playhead
//   {play: "point", x: […], y: […]}                one point (or several, joined) at the playhead
//   {play: "line", slope, intercept, from?, step?} y = slope · x + intercept at the trace's own x (or at some of them)
//   {hover: "line", slope, intercept}              customdata [number, line, gap] of each marker follows the playhead
// layout.meta: {grow: {axis: {most?}}, toggles: [{label, on, traces | axis}], alt: parts}

import { Envelope } from "./rows.js";

const STILL = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
const CONFIG = { responsive: true, displaylogo: false, doubleClick: false, displayModeBar: false };

/** The next number of the series 1, 2, 5, 10, 20 … that is at least `value`. */
export function nice(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * unit).find((step) => step >= value);
}

export class Figure {
  constructor(box, rows) {
    Object.assign(this, { box, rows, held: new Set(), switched: {}, drawn: 0 });
  }

  /** Show `figure`; called again with another figure it changes the same plot in place. */
  async show(figure) {
    const fresh = !this.plot;
    this.meta = figure.layout.meta ?? {};
    this.moving = figure.data.map((trace, index) => ({ trace, index, ...trace.meta })).filter(({ play }) => play);
    this.hovering = figure.data.map((trace) => ({ trace, ...trace.meta })).filter(({ hover }) => hover);
    for (const part of this.moving) if (part.play === "curve") part.envelope = new Envelope(this.rows, part.y);
    this.range = {};
    for (const axis of Object.keys(this.meta.grow ?? {})) this.range[axis] = this.#start(figure.layout[axis]);
    for (const toggle of this.meta.toggles ?? []) this.#preset(figure, toggle);
    this.held.forEach((axis) => { figure.layout[axis].range = this.plot.layout[axis].range; });
    this.plot = await Plotly.react(this.box, figure.data, figure.layout, CONFIG);
    if (fresh) this.#listen();
  }

  /** Put every moving trace where row `row` says. */
  draw(row) {
    if (!this.plot || row < 0) return;
    const data = this.moving.map((part) => this.#place(part, row));
    if (data.length) {
      this.#grow(data);
      Plotly.animate(this.plot, { data, traces: this.moving.map(({ index }) => index) }, STILL).catch(() => {});
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

  isOn(toggle) {
    return this.switched[toggle.label] ?? toggle.on;
  }

  /** Forget what was grown and zoomed: a new run starts with the figure's own ranges. */
  rewind() {
    this.held.clear();
  }

  remove() {
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
    if (!on) axis.range = [0, this.range[toggle.axis][1]];
  }

  #place({ play, trace, envelope, x, y, slope, intercept, from = 0, step = 1 }, row) {
    if (play === "curve") {
      const picked = envelope.upTo(row);
      return { x: picked.map((i) => this.rows.value(x, i)), y: picked.map((i) => this.rows.value(y, i)) };
    }
    if (play === "point") {
      const values = (names) => [names].flat().map((name) => this.rows.value(name, row));
      return { x: values(x), y: values(y) };
    }
    const [a, c] = [this.rows.value(slope, row), this.rows.value(intercept, row)];
    return { y: trace.x.map((t, i) => ((i - from) % step === 0 && t !== null ? a * t + c : trace.y[i])) };
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
    if (axis[0] === "y" && !log && low > 0) return { [`${axis}.range`]: [0, high] };
    return { [`${axis}.range`]: log ? [Math.log10(low), Math.log10(high)] : [low, high] };
  }

  #ours(change) {
    this.own = true;
    return Plotly.relayout(this.plot, change).finally(() => { this.own = false; });
  }

  #listen() {
    this.plot.on("plotly_relayout", (change) => {
      if (this.own) return;
      for (const key of Object.keys(change)) if (/^[xy]axis\d*\.range/.test(key)) this.held.add(key.split(".")[0]);
    });
    this.plot.on("plotly_doubleclick", () => {
      this.held.clear();
      const grown = Object.keys(this.meta.grow ?? {}).map((axis) => this.#ranges(axis));
      this.#ours(Object.assign({}, this.meta.home, ...grown));
    });
  }
}
