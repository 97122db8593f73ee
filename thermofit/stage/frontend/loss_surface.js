// The loss over (w, b) as thermofit/landscape/loss_surface.py computes it, so that contours follow a point in somebody's
// hand within the frame. tests/landscape/surface_examples.json holds both halves to the same numbers.

import { SCALINGS, closedForm } from "./fit_numbers.js";
import { LOSSES } from "./losses.js";

const LEAST = 1e-300; // of what heights begin at
const MOST = 500_000; // residuals that a landscape may take: some milliseconds
const COARSEST = 30; // grid points along each side, at least

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The loss as a function of (w, b) on rows whose least-squares line is `best`. */
export function lossOver(name, { inputs, targets }, best) {
  if (name === "mse") return squaresOver({ inputs, targets }, best);
  const { value } = LOSSES[name];
  const [x, y, count] = [Float64Array.from(inputs), Float64Array.from(targets), inputs.length];
  return (w, b) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += value(w * x[i] + b - y[i]);
    return sum / count;
  };
}

/** The same for the mean squared error, without a loop over the rows: its smallest value, and the bowl above it. */
function squaresOver({ inputs, targets }, best) {
  const middle = mean(inputs);
  const spread = mean(inputs.map((x) => (x - middle) ** 2));
  const floor = mean(inputs.map((x, i) => (best.slope * x + best.intercept - targets[i]) ** 2));
  return (w, b) => floor + (b - best.intercept + (w - best.slope) * middle) ** 2 + (w - best.slope) ** 2 * spread;
}

/** The rows in the units of a landscape, "trained" or "original", and their least-squares line as it is drawn there. */
export function rowsIn(units, { inputs, targets }, scaling) {
  const { factor, offset } = SCALINGS[scaling](inputs);
  const scaled = inputs.map((x) => factor * x + offset);
  const best = closedForm(scaled, targets);
  if (units === "trained") return { rows: { inputs: scaled, targets }, best };
  return { rows: { inputs, targets }, best: { slope: best.slope * factor, intercept: best.slope * offset + best.intercept } };
}

/** How many grid points along each side there is time for. */
export const sizeFor = (name, count, usual) => (name === "mse" ? usual : Math.min(usual, Math.max(COARSEST, Math.floor(Math.sqrt(MOST / count)))));

const along = ([low, high], size) => Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));

/**
 * The heights of the loss over a frame {w: [low, high], b: [low, high]}, row by row from the lowest b on, with the levels
 * of its contours and the loss at each; `spec` is {frame, size, levels, shallowest} of the figure (charts/contours.py).
 * The grid may be a coarser one.
 */
export function surface(loss, best, { frame, size: usual, levels: count, shallowest }, size = usual) {
  const [ws, bs] = [along(frame.w, size), along(frame.b, size)];
  const values = new Float64Array(size * size);
  bs.forEach((b, row) => ws.forEach((w, column) => { values[row * size + column] = loss(w, b); }));
  const [w, b] = [best.slope, best.intercept];
  const lowest = loss(w, b);
  const floor = Math.min(lowest, values.reduce((least, value) => Math.min(least, value)));
  const depth = values.reduce((most, value) => Math.max(most, value)) - floor;
  const [dw, db] = [frame.w, frame.b].map(([low, high]) => (high - low) / (usual - 1));
  const rise = Math.max(loss(w + dw, b), loss(w - dw, b), loss(w, b + db), loss(w, b - db)) - lowest;
  const lift = Math.max(rise, depth * shallowest, LEAST);
  const levels = levelsOf(lift, depth, count);
  const losses = levels.map((height) => floor + 10 ** height - lift);
  return { size, heights: values.map((value) => Math.log10(value - floor + lift)), levels, losses };
}

function levelsOf(lift, depth, count) {
  const [low, high] = [Math.log10(lift), Math.log10(depth + lift)];
  const step = (high - low) / (count + 1);
  return step > 0 ? Array.from({ length: count }, (_, k) => low + step * (k + 1)) : [];
}
