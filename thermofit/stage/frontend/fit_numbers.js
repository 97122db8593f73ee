// What is known of readings without training, as thermofit/theory tells it, so that it follows a point in somebody's hand
// within the frame. tests/theory/fit_examples.json holds both halves to the same numbers.

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const vary = (values) => values.some((value) => value !== values[0]);
const centred = (origin, spread) => {
  const factor = spread > 0 ? 1 / spread : 1;
  return { factor, offset: -origin * factor };
};

/** The mean of the products of what both differ from their means by. */
const covariance = (one, other) => {
  const [a, b] = [mean(one), mean(other)];
  return mean(one.map((value, i) => (value - a) * (other[i] - b)));
};

/** name → the scale {factor, offset} that thermofit/data/scaling.py chooses for these inputs. */
export const SCALINGS = {
  none: () => ({ factor: 1, offset: 0 }),
  tenth: () => ({ factor: 0.1, offset: 0 }),
  standardize: (inputs) => centred(mean(inputs), vary(inputs) ? Math.sqrt(covariance(inputs, inputs)) : 0),
  "min-max": (inputs) => centred(Math.min(...inputs), Math.max(...inputs) - Math.min(...inputs)),
};

/** Slope and intercept of least squares; of readings that determine no line, the shortest such pair. */
export function closedForm(inputs, targets) {
  const [x, y] = [mean(inputs), mean(targets)];
  if (!vary(inputs)) return { slope: (x * y) / (x * x + 1), intercept: y / (x * x + 1) };
  const slope = covariance(inputs, targets) / covariance(inputs, inputs);
  return { slope, intercept: y - slope * x };
}

/** The share of the targets' variance that the line explains; null where they don't vary. */
function explained(inputs, targets, { slope, intercept }) {
  if (!vary(targets)) return null;
  const missed = mean(inputs.map((x, i) => (slope * x + intercept - targets[i]) ** 2));
  return 1 - missed / covariance(targets, targets);
}

/** Condition number of the mean squared error on scaled inputs, null if a direction is flat, and the largest stable rate. */
export function curvature(inputs) {
  const square = mean(inputs.map((x) => x * x));
  const large = (square + 1) / 2 + Math.hypot((square - 1) / 2, mean(inputs));
  const flat = vary(inputs) ? covariance(inputs, inputs) / large : 0;
  return { condition: flat > 0 ? large / flat : null, rate: 1 / large };
}

/** The numbers of these readings: {slope, intercept, r2, condition, rate}; the last two are null where the loss has none. */
export function fitNumbers({ inputs, targets }, scaling, loss) {
  const line = closedForm(inputs, targets);
  const { factor, offset } = SCALINGS[scaling](inputs);
  const bowl = loss === "mse" ? curvature(inputs.map((x) => factor * x + offset)) : { condition: null, rate: null };
  return { ...line, r2: explained(inputs, targets, line), ...bowl };
}
