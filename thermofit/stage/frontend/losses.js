// The losses of thermofit/model/losses.py for one line, each beside its own derivative, so that a line in somebody's hand
// tells its numbers within the frame. tests/model/loss_examples.json holds both halves to the same numbers.

const DELTA = 1; // °C, where the Huber loss becomes straight

/** name → {value, slope}: what one residual r = w x + b - target adds to the mean, and the derivative of that. */
export const LOSSES = {
  mse: { value: (r) => r * r, slope: (r) => 2 * r },
  mae: { value: Math.abs, slope: Math.sign },
  huber: {
    value(r) { // without choosing between the branches, which would take several times as long
      const size = Math.abs(r);
      const cut = Math.min(size, DELTA);
      return cut * (size - cut / 2);
    },
    slope: (r) => Math.min(Math.max(r, -DELTA), DELTA),
  },
};

/** The loss of the line w x + b on rows {inputs, targets}, and its gradient; NaN without rows. */
export function lossOf(name, { w, b }, { inputs, targets }) {
  const { value, slope } = LOSSES[name];
  let [loss, grad_w, grad_b] = [0, 0, 0];
  inputs.forEach((x, i) => {
    const residual = w * x + b - targets[i];
    loss += value(residual);
    grad_w += slope(residual) * x;
    grad_b += slope(residual);
  });
  const count = inputs.length;
  return { loss: loss / count, grad_w: grad_w / count, grad_b: grad_b / count };
}
