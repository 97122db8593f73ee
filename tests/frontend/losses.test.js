// The formulas of the browser against torch's numbers (tests/model/record_losses.py): every loss, scaling and line.

import assert from "node:assert/strict";
import test from "node:test";

import { LOSSES, lossOf } from "../../thermofit/stage/frontend/losses.js";
import { table } from "./helpers.js";

const EXAMPLES = table("model/loss_examples.json");

const close = (value, expected, what) => {
  assert.ok(Math.abs(value - expected) <= 1e-10 * Math.max(1, Math.abs(expected)), `${what}: ${value} is not ${expected}`);
};

test("the browser knows every loss of the registry, and no other", () => {
  assert.deepEqual(Object.keys(LOSSES).sort(), Object.keys(EXAMPLES.losses).sort());
});

for (const [name, parts] of Object.entries(EXAMPLES.losses)) {
  for (const [part, lines] of Object.entries(parts)) {
    test(`${name}, ${part}: loss and gradient are torch's`, () => {
      for (const [w, b, loss, grad_w, grad_b] of lines) {
        const found = lossOf(name, { w, b }, EXAMPLES.rows[part]);
        const what = `${name} of w = ${w}, b = ${b}`;
        close(found.loss, loss, what);
        close(found.grad_w, grad_w, `${what}, dL/dw`);
        close(found.grad_b, grad_b, `${what}, dL/db`);
      }
    });
  }
}

test("no rows, no loss", () => {
  assert.ok(Number.isNaN(lossOf("mse", { w: 1, b: 0 }, { inputs: [], targets: [] }).loss));
});
