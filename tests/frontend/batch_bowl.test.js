// The contours of a batch, against its loss, which is computed here from its readings one by one.

import assert from "node:assert/strict";
import test from "node:test";

import { contours } from "../../thermofit/stage/frontend/batch_bowl.js";
import { lossOf } from "../../thermofit/stage/frontend/losses.js";
import { random } from "./helpers.js";

const PLAIN = { factor: 1, offset: 0 };
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the server tells of these readings. */
function told({ inputs, targets }) {
  const [average, level] = [mean(inputs), mean(targets)];
  const variance = mean(inputs.map((t) => (t - average) ** 2));
  const covariance = mean(inputs.map((t, i) => (t - average) * (targets[i] - level)));
  return { mean: average, variance, best: variance > 0 ? covariance / variance : NaN, level };
}

const batches = (size, next = random(size)) => Array.from({ length: 20 }, () => {
  const inputs = Array.from({ length: size }, () => 8 * next());
  return { inputs, targets: inputs.map((t) => 5 * t - 17 + 6 * next()) };
});

for (const size of [1, 2, 4, 11]) {
  for (const view of [PLAIN, { factor: 0.1, offset: -3 }]) {
    test(`every place of a contour has its loss, of ${size} readings drawn by ${JSON.stringify(view)}`, () => {
      for (const batch of batches(size)) {
        const line = (x, y) => ({ w: x / view.factor, b: y - (view.offset * x) / view.factor });
        const bowl = told(batch);
        const at = contours(bowl, [0], [0, 10], view);
        const lowest = lossOf("mse", line(at.x[0], at.y[0]), batch).loss;
        for (const rise of [1, 30]) {
          const { x, y } = contours(bowl, [rise], [0, 10], view);
          assert.ok(x.length > 60);
          x.forEach((value, i) => {
            if (value === null) return assert.equal(y[i], null);
            const { loss } = lossOf("mse", line(value, y[i]), batch);
            assert.ok(Math.abs(loss - lowest - rise) < 1e-6 * (1 + loss), `${loss} is not ${lowest} + ${rise}`);
          });
        }
      }
    });
  }
}

test("the lowest place of several readings is one point, where the gradient is 0; of one reading it is a line", () => {
  const [batch] = batches(4);
  const { x, y } = contours(told(batch), [0], [0, 10], PLAIN);
  assert.deepEqual([x.length, x[1]], [2, null]);
  const { grad_w, grad_b } = lossOf("mse", { w: x[0], b: y[0] }, batch);
  assert.ok(Math.hypot(grad_w, grad_b) < 1e-9);
  const valley = contours(told({ inputs: [3], targets: [7] }), [0], [0, 10], PLAIN);
  assert.deepEqual(valley.x, [-10, 20, null]);
  assert.ok([0, 1].every((i) => Math.abs(3 * valley.x[i] + valley.y[i] - 7) < 1e-12));
});

test("a whole contour is closed, and one that leaves the picture is cut far outside of it", () => {
  const bowl = { mean: 0, variance: 1, best: 5, level: 0 };
  const inside = contours(bowl, [4], [0, 10], PLAIN);
  assert.equal(inside.x.filter((value) => value === null).length, 1);
  assert.deepEqual([inside.x[0], inside.x.at(-2)], [3, 3]);
  const large = contours(bowl, [1e4], [0, 10], PLAIN);
  assert.equal(large.x.filter((value) => value === null).length, 2);
  assert.deepEqual([Math.min(...large.x.filter((v) => v !== null)), Math.max(...large.x)], [-10, 20]);
});

test("nothing is drawn where nothing is known of the batch", () => {
  const unknown = { mean: NaN, variance: NaN, best: NaN, level: NaN };
  assert.deepEqual(contours(unknown, [0, 1], [0, 10], PLAIN), { x: [], y: [] });
});
