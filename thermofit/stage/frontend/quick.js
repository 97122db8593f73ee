// Many curves in one picture: while it plays, lines and points are written straight into the plot's SVG, because Plotly
// would compare and lay out every trace in every picture. Where the picture stands still, Plotly draws it.

export const MANY = 12; // moving traces from which on that is worth while
const NEAR = 1; // pixels: a point nearer than that to the one before is left out

/** The path through these places, in the pixels of the axes. */
export function pathOf({ x, y }, { c2p: across }, { c2p: up }) {
  let [text, left, top, pen] = ["", NaN, NaN, "M"];
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [across(x[i]), up(y[i])];
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
    if (pen === "L" && i < x.length - 1 && Math.abs(px - left) < NEAR && Math.abs(py - top) < NEAR) continue;
    text += `${pen}${Math.round(10 * px) / 10},${Math.round(10 * py) / 10}`;
    [left, top, pen] = [px, py, "L"];
  }
  return text;
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
      else found[i].setAttribute("d", pathOf(data, xaxis, yaxis));
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
