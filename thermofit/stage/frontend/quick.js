// Many curves in one picture: while it plays, lines and points are written straight into the plot's SVG, because Plotly
// would compare and lay out every trace in every picture. Where the picture stands still, Plotly draws it.

export const MANY = 12; // moving traces from which on that is worth while
const NEAR = 1; // pixels: a point nearer than that to the one before is left out

const NOTHING = { size: 0, left: NaN, top: NaN, pen: "M" };
const sideOf = ({ range, type, _length: length }) => `${range} ${type} ${length}`;

/** The path through places in the pixels of the axes. From one picture to the next it is only written anew from where it differs. */
export class PathText {
  constructor() {
    Object.assign(this, { text: "", x: [], y: [], after: [], sides: "" });
  }

  of({ x, y }, xaxis, yaxis) {
    const sides = `${sideOf(xaxis)} ${sideOf(yaxis)}`;
    const same = sides === this.sides ? this.#same(x, y) : 0;
    let { size, left, top, pen } = same ? this.after[same - 1] : NOTHING;
    let text = this.text.slice(0, size);
    this.after.length = same;
    for (let i = same; i < x.length; i++) {
      const [px, py] = [xaxis.c2p(x[i]), yaxis.c2p(y[i])];
      if (x[i] === null) pen = "M"; // a gap
      const near = pen === "L" && i < x.length - 1 && Math.abs(px - left) < NEAR && Math.abs(py - top) < NEAR;
      if (Number.isFinite(px) && Number.isFinite(py) && !near) {
        text += `${pen}${Math.round(10 * px) / 10},${Math.round(10 * py) / 10}`;
        [left, top, pen] = [px, py, "L"];
      }
      this.after.push({ size: text.length, left, top, pen });
    }
    Object.assign(this, { text, x, y, sides });
    return text;
  }

  /** How many of the first places are those of before; the last one of before, which is always drawn, may have to go. */
  #same(x, y) {
    const most = Math.min(x.length, this.x.length) - 1;
    let same = 0;
    while (same < most && x[same] === this.x[same] && y[same] === this.y[same]) same++;
    return same;
  }
}

export class Quick {
  /** Draw each [part, data] into the plot; false if it can't be, and Plotly has to. */
  draw(plot, placed) {
    if (placed.length < MANY || !placed.every(([part]) => this.#isPlain(part))) return false;
    const nodes = this.#nodes(plot);
    const found = placed.map(([part]) => nodes.get(part.index));
    if (!found.every((node) => node?.isConnected)) {
      this.plot = null; // Plotly has made others, or not yet made them
      return false;
    }
    const { xaxis, yaxis } = plot._fullLayout;
    placed.forEach(([part, data], i) => {
      if (part.play === "point") found[i].setAttribute("transform", `translate(${xaxis.c2p(data.x[0])},${yaxis.c2p(data.y[0])})`);
      else found[i].setAttribute("d", (part.text ??= new PathText()).of(data, xaxis, yaxis));
    });
    return true;
  }

  #isPlain({ play, x }) {
    return play === "curve" || play === "path" || (play === "point" && typeof x === "string");
  }

  /** The element of each trace: its line, or its marker. They are looked for once. */
  #nodes(plot) {
    if (this.plot === plot && this.count === plot.data.length) return this.found;
    Object.assign(this, { plot, count: plot.data.length, found: new Map() });
    for (const node of plot.querySelectorAll(".scatterlayer .trace")) {
      const index = node.__data__?.[0]?.trace?.index;
      this.found.set(index, node.querySelector(".lines path.js-line") ?? node.querySelector(".points path.point"));
    }
    return this.found;
  }
}
