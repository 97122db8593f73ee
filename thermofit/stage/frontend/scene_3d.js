// What a figure in three dimensions needs beside Plotly: whether there is WebGL, lines that end at the box, and motion.

const SWIFT = 34; // ms for a picture in three dimensions; after a slower one the others get as much time

let known;

/** Whether this browser draws in three dimensions: asked once. */
export function hasWebGL() {
  if (known === undefined) {
    const context = document.createElement("canvas").getContext("webgl");
    known = Boolean(context);
    context?.getExtension("WEBGL_lose_context")?.loseContext(); // a browser keeps only a few
  }
  return known;
}

/** A figure that says `text` and nothing else. */
export const words = (text, { font, template, uirevision, meta }) => ({
  data: [],
  layout: {
    font, template, uirevision, meta, xaxis: { visible: false }, yaxis: { visible: false },
    annotations: [{ text, showarrow: false, x: 0.5, y: 0.5, xref: "paper", yref: "paper" }],
  },
});

/**
 * The line through points {x, y, z} as far as it lies within the axes of `scene`; where it leaves them is a gap (null). Parts
 * that jump across from outside to outside are left out, too: those of a run that explodes would cover everything.
 * Plotly scales a scene by all its data, so that points far outside would shrink everything else to nothing.
 * If it has a name, the texts are empty but for the name at its last place.
 */
export function within({ x, y, z }, scene, name) {
  const axes = [scene.xaxis, scene.yaxis, scene.zaxis];
  const box = axes.map(({ range }) => range);
  const flat = (point) => point.map((value, i) => (axes[i].type === "log" ? Math.log10(value) : value));
  const full = (point) => point.map((value, i) => (axes[i].type === "log" ? 10 ** value : value));
  const points = x.map((_, i) => [x[i], y[i], z[i]]);
  const drawn = [];
  for (let i = Math.min(1, points.length - 1); i < points.length; i++) {
    const [p, q] = [points[Math.max(i - 1, 0)], points[i]];
    const [from, to] = cut(flat(p), flat(q), box) ?? [1, 0];
    if (from > to || (from > 0 && to < 1)) continue;
    const between = (t) => flat(p).map((value, k) => clamped(value + t * (flat(q)[k] - value), box[k]));
    const at = (t) => (t === 0 ? p : t === 1 ? q : full(between(t)));
    if (from > 0 || drawn.at(-1) !== p) drawn.push([null, null, null], at(from));
    if (points.length > 1) drawn.push(at(to));
  }
  if (!drawn.length) drawn.push([null, null, null]);
  else drawn.shift();
  const columns = { x: drawn.map((point) => point[0]), y: drawn.map((point) => point[1]), z: drawn.map((point) => point[2]) };
  return name ? { ...columns, text: drawn.map((_, i) => (i === drawn.length - 1 ? name : "")) } : columns;
}

const clamped = (value, [low, high]) => Math.min(Math.max(value, low), high);

/** The part [from, to] of the way from p to q that lies in the box; nothing when none does (Liang and Barsky 1984). */
function cut(p, q, box) {
  let [from, to] = [0, 1];
  for (const [i, [low, high]] of box.entries()) {
    const step = q[i] - p[i];
    if (!Number.isFinite(step)) return null;
    if (step === 0 && (p[i] < low || p[i] > high)) return null;
    if (step === 0) continue;
    const ends = [(low - p[i]) / step, (high - p[i]) / step];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  }
  return from <= to ? [from, to] : null;
}

const sceneOf = (plot) => plot?._fullLayout?.scene?._scene; // Plotly's own, which it doesn't hand out otherwise

/** Moves the traces of a plot in three dimensions, and keeps the camera that a person turned. */
export class Space {
  /** Where the scene is seen from now; the last camera while there is none. */
  camera(plot) {
    return (this.eye = sceneOf(plot)?.getCamera() ?? this.eye);
  }

  /** Plotly.animate() doesn't move WebGL. One picture at a time: a slow one skips some instead of queueing them. */
  async draw(plot, data, traces) {
    if (this.drawing) {
      this.late = [plot, data, traces];
      return;
    }
    this.drawing = true;
    const begun = performance.now();
    plot.layout.scene.camera = this.camera(plot); // the one that is being turned just now
    const parts = data.map((part) => within(part, plot.layout.scene));
    const columns = Object.fromEntries(["x", "y", "z"].map((name) => [name, parts.map((part) => part[name])]));
    const free = holdSurfaces(plot);
    const drawn = Plotly.restyle(plot, columns, traces);
    free();
    await drawn.catch(() => {});
    requestAnimationFrame(() => setTimeout(() => this.#next(), performance.now() - begun - SWIFT));
  }

  #next() {
    this.drawing = false;
    const { late } = this;
    this.late = null;
    if (late && sceneOf(late[0])) this.draw(...late);
  }

  /** Give WebGL back before a plot loses its scene: Plotly keeps it, and a browser has only a few. */
  release(plot) {
    const drawing = sceneOf(plot)?.glplot;
    if (!drawing) return;
    this.camera(plot);
    drawing.oncontextloss = null; // it would try to get it again
    drawing.gl?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** Plotly computes surfaces anew, too, when points move on them, which takes twice as long as all the rest. */
function holdSurfaces(plot) {
  const surfaces = Object.values(sceneOf(plot)?.traces ?? {}).filter(({ data }) => data?.type === "surface");
  surfaces.forEach((surface) => { surface.update = () => {}; });
  return () => surfaces.forEach((surface) => { delete surface.update; });
}
