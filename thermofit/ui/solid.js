// What a figure in three dimensions needs beside Plotly: whether there is WebGL at all, and lines that end at the box.

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
 * The line through points {x, y, z} as far as it lies within the axes of `scene`; where it leaves them is a gap (null).
 * Plotly scales a scene by all its data, so that points far outside would shrink everything else to nothing.
 */
export function within({ x, y, z }, scene) {
  const axes = [scene.xaxis, scene.yaxis, scene.zaxis];
  const box = axes.map(({ range }) => range);
  const flat = (point) => point.map((value, i) => (axes[i].type === "log" ? Math.log10(value) : value));
  const full = (point) => point.map((value, i) => (axes[i].type === "log" ? 10 ** value : value));
  const points = x.map((_, i) => [x[i], y[i], z[i]]);
  const drawn = [];
  for (let i = Math.min(1, points.length - 1); i < points.length; i++) {
    const [p, q] = [points[Math.max(i - 1, 0)], points[i]];
    const part = cut(flat(p), flat(q), box);
    if (!part) continue;
    const [from, to] = part;
    const at = (t) => (t === 0 ? p : t === 1 ? q : full(flat(p).map((value, k) => value + t * (flat(q)[k] - value))));
    if (from > 0 || drawn.at(-1) !== p) drawn.push([null, null, null], at(from));
    if (points.length > 1) drawn.push(at(to));
  }
  if (!drawn.length) drawn.push([null, null, null]);
  else drawn.shift();
  return { x: drawn.map((point) => point[0]), y: drawn.map((point) => point[1]), z: drawn.map((point) => point[2]) };
}

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
