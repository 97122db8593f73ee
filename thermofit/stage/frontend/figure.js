// One Plotly figure, kept mounted: traces move as their bindings say, axes grow, switches switch.
// layout.meta: {grow: {axis: {stop?}}, toggles: [{label, on, traces | axis | edit, refused?, colour?}], alt: parts,
//   click: true (a click is told to `onClick` in the units of the axes) or what bars offer (bars.js), flat: what to say instead of a scene without WebGL,
//   edit: the readings, where they may be edited (points.js), hand: what may be moved in it by hand, and how it is drawn (grips.js); home: the ranges of a plot that is not zoomed}

import { forget, remember } from "./array_attributes.js";
import { Axes, roomOf, roomy } from "./axes.js";
import { tellClick } from "./bars.js";
import { bindings } from "./bindings.js";
import { Quick } from "./quick.js";
import { Space, hasWebGL, within, words } from "./scene_3d.js";
import { RUN } from "./tracks.js";

const STILL = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
const also = (more, data, parts) => ({ data: [...data, ...more.map(({ x, y }) => ({ x, y }))], traces: [...parts, ...more.map(({ index }) => index)] });
const DOUBLE = 300; // ms in which a second click makes a double one, which resets the zoom
const CONFIG = { displaylogo: false, doubleClick: false, displayModeBar: false, scrollZoom: false };

export class Figure {
  constructor(box, tracks) {
    Object.assign(this, { box, tracks, held: new Set(), switched: {}, drawn: 0, own: 0, space: new Space(), quick: new Quick(), ...bindings([]) });
  }

  /** Show `figure` as it is at the epoch that `at` tells; with another figure this changes the same plot in place. */
  async show(figure, at) {
    const fresh = !this.plot;
    figure = this.#dimensions(figure);
    this.meta = structuredClone(figure.layout.meta ?? {}); // Plotly drops what is empty in its own
    Object.assign(this, bindings(figure.data));
    if (this.picture !== figure.layout.uirevision) this.held.clear(); // other axes: no zoom comes along
    this.picture = figure.layout.uirevision;
    this.axes = new Axes(figure.layout, this.meta.grow);
    this.kept = null;
    for (const part of this.standing) Object.assign(part.trace, this.#whole(part, figure.layout));
    this.still = null;
    for (const toggle of this.meta.toggles ?? []) this.#preset(figure, toggle);
    for (const part of this.moving) part.usual = part.trace.visible ?? true;
    for (const { track, trace } of this.moving) if (this.tracks.hidden.has(track)) trace.visible = false;
    if (!fresh && !this.deep) this.#begin(figure, at());
    this.held.forEach((axis) => { figure.layout[axis].range = this.plot.layout[axis].range; });
    remember(Plotly.PlotSchema);
    forget();
    this.plot = await Plotly.react(this.box, figure.data, figure.layout, CONFIG);
    forget(); // a picture that was under way may have looked at the traces of before
    // A legend that was not there in the figure before is placed before its height is known: place it again.
    if (!fresh && this.plot._fullLayout.showlegend) await Plotly.relayout(this.plot, { "legend.yanchor": "bottom" });
    for (const part of [this.contours, this.handles, this.points]) part.show();
    this.lift(this.lifted);
    if (!fresh) return;
    this.#listen();
    this.watcher = new ResizeObserver(() => this.box.offsetParent && Plotly.Plots.resize(this.box)); // not while hidden
    this.watcher.observe(this.box);
  }

  /** Have a figure that takes another's place stand at `epoch` at once, with room for what it shows there. */
  #begin({ layout }, epoch) {
    const placed = this.#placed(epoch);
    for (const [part, data] of placed) Object.assign(part.trace, data);
    this.still = this.standing.map(roomOf);
    for (const axis of this.axes.grow([...roomy(placed), ...this.still])) {
      const change = this.axes.layout(axis, layout[axis].type === "log");
      for (const [name, value] of Object.entries(change)) layout[axis][name.slice(axis.length + 1)] = value;
    }
  }

  /** Put every moving trace where it stands at `epoch`, and others as `more` says: [{index, x, y}]. */
  draw(epoch, playing = false, more = []) {
    if (!this.plot || epoch < 0) return;
    this.epoch = epoch;
    this.#keepRanges();
    const placed = this.#placed(epoch);
    const [parts, data] = [placed.map(([part]) => part.index), placed.map(([, shown]) => shown)];
    if (data.length) {
      this.still ??= this.standing.map(roomOf);
      this.#grow([...roomy(placed), ...this.still]);
      if (this.deep) this.space.draw(this.plot, data, parts);
      else if (!playing || !this.quick.draw(this.plot, placed)) Plotly.animate(this.plot, also(more, data, parts), STILL).catch(() => {});
    }
    this.hovering.forEach((part) => part.tell(this.tracks, epoch));
    this.#placeHandles();
    this.#name(placed);
    if (!this.deep) this.lost?.tell(this.plot, placed);
    this.drawn++;
  }

  #placeHandles() {
    for (const part of [this.contours, this.handles, this.points]) part.place();
  }

  /** Name the ends of the lines that have a label, as Plotly or the playhead has put them. */
  #name(placed) {
    const standing = this.standing.filter(({ trace, label }) => label && trace.visible).map((part) => [part, part.trace]);
    if (!this.deep) this.labels?.place(this.plot, [...placed, ...standing]);
  }

  /** Axes may grow for a line that is moved by hand; when it is put back, they are as they were. */
  #keepRanges() {
    const { axes, kept, tracks: { inHand } } = this;
    if (inHand) this.kept ??= structuredClone(axes.range);
    if (inHand || !kept) return;
    for (const axis of axes.names.filter((name) => axes.range[name].join() !== kept[name].join())) {
      axes.range[axis] = kept[axis];
      if (!this.held.has(axis)) this.#ours(axes.layout(axis, this.plot.layout[axis].type === "log"));
    }
    this.kept = null;
  }

  /** Each moving trace with what it shows at `epoch`. */
  #placed(epoch) {
    const shown = this.moving.filter(({ track }) => !this.tracks.hidden.has(track));
    const sides = this.#sides();
    return shown.map((part) => [part, part.place(this.tracks, epoch, sides)]).filter(([, data]) => data);
  }

  /** Show the tracks that stand still, or only this one of them, as they are now. */
  refresh(track) {
    const parts = this.plot ? this.standing.filter((part) => !track || part.track === track) : [];
    for (const part of parts) Object.assign(part.trace, this.#whole(part, this.plot.layout));
    this.still = null;
    this.#restyle(parts, ["visible", "x", "y", "z", "text"]);
  }

  /** Show or hide the traces of this track. */
  showTrack(track) {
    this.refresh(track);
    const parts = this.plot ? this.moving.filter((part) => part.track === track) : [];
    for (const part of parts) part.trace.visible = part.usual && !this.tracks.hidden.has(track);
    this.#restyle(parts, ["visible"]);
    this.draw(this.epoch ?? -1);
  }

  /** Have Plotly show these parts of some traces as they are now. */
  #restyle(parts, keys) {
    const used = keys.filter((key) => parts.some(({ trace }) => trace[key] !== undefined));
    const change = Object.fromEntries(used.map((key) => [key, parts.map(({ trace }) => trace[key])]));
    if (parts.length) Plotly.restyle(this.plot, change, parts.map(({ index }) => index)).then(() => this.lift(this.lifted));
  }

  /** Dim all curves but those of this track; null: none. Nothing is drawn anew. */
  lift(track = null) {
    this.lifted = track;
    for (const node of this.box.querySelectorAll(".scatterlayer .trace")) {
      const { play, track: own = RUN } = node.__data__?.[0]?.trace?.meta ?? {};
      node.classList.toggle("tf-dim", Boolean(track && play && own !== track));
    }
    this.labels?.lift(track);
  }

  toggle(label, on) {
    this.switched[label] = on;
    const toggle = this.meta.toggles.find((item) => item.label === label);
    if (toggle.edit) return this.points.toggle(on);
    if (toggle.traces) return Plotly.restyle(this.plot, { visible: on }, toggle.traces).then(() => this.draw(this.epoch ?? -1));
    this.held.delete(toggle.axis);
    return this.#ours({ [`${toggle.axis}.type`]: on ? "log" : "linear", ...this.axes.layout(toggle.axis, on) });
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

  /** The figure itself, or words in its place where it needs a WebGL that this browser lacks. */
  #dimensions(figure) {
    this.deep = Boolean(figure.layout.scene) && hasWebGL();
    if (figure.layout.scene && !this.deep) figure = words(figure.layout.meta.flat, figure.layout);
    if (this.deep) figure.layout.scene.camera = this.space.camera(this.plot) ?? figure.layout.scene.camera;
    else this.space.release(this.plot);
    this.space.late = null;
    return figure;
  }

  /** What a trace shows of a track that stands still. Where that has no rows, it is not there, not even in the legend. */
  #whole(part, { scene, yaxis }) {
    const data = part.place(this.tracks, Infinity, this.plot ? this.#sides() : { y: { range: yaxis?.range ?? [0, 1] }, home: this.meta.home });
    if (!data || this.tracks.hidden.has(part.track)) return { visible: false };
    if (part.slope) return { visible: true, ...data };
    return { visible: data.x.length > 0, ...(part.z && scene ? within(data, scene, part.label) : data) };
  }

  /** Range and length in pixels of the plot's axes. */
  #sides() {
    const { xaxis, yaxis } = this.plot._fullLayout;
    const side = (axis) => ({ range: axis?.range ?? [0, 1], length: axis?._length });
    return { x: side(xaxis), y: side(yaxis), home: this.meta.home };
  }

  #preset(figure, toggle) {
    const on = this.isOn(toggle);
    for (const index of toggle.traces ?? []) figure.data[index].visible = on;
    if (!toggle.axis) return;
    const axis = figure.layout[toggle.axis];
    axis.type = on ? "log" : "linear";
    if (!on) Object.assign(axis, { range: [0, this.axes.range[toggle.axis][1]], dtick: null });
  }

  #grow(data) {
    for (const axis of this.axes.grow(data)) {
      if (!this.held.has(axis)) this.#ours(this.axes.layout(axis, this.plot.layout[axis].type === "log"));
    }
  }

  #ours(change) {
    this.own++; // several may be under way, and each is told to the listener when it is done
    return Plotly.relayout(this.plot, change).finally(() => { this.own--; });
  }

  #listen() {
    this.plot.on("plotly_relayout", (change) => {
      if (this.moving.some(({ play }) => play === "squares")) this.draw(this.epoch); // they depend on the axes
      this.#placeHandles();
      if (this.labels?.names.size) this.#name(this.#placed(this.epoch));
      if (this.own) return;
      for (const key of Object.keys(change)) if (/^[xy]axis\d*\.range/.test(key)) this.held.add(key.split(".")[0]);
    });
    for (const event of ["plotly_relayouting", "plotly_afterplot"]) this.plot.on(event, () => this.#placeHandles());
    if (this.onClick) this.plot.on("plotly_click", ({ event }) => this.#click(event));
    this.plot.on("plotly_doubleclick", () => {
      clearTimeout(this.clicked);
      if (this.points.isOn) return; // it adds a point
      this.held.clear();
      const grown = this.axes.names.map((axis) => this.axes.layout(axis, this.plot.layout[axis].type === "log"));
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
    this.clicked = setTimeout(() => tellClick(this.onClick, place, this.meta.click), DOUBLE);
  }
}
