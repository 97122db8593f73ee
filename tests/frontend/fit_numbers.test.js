// The closed form and its numbers in the browser against Python's (tests/theory/record_fits.py).

import assert from "node:assert/strict";
import test from "node:test";

import { SCALINGS, fitNumbers } from "../../thermofit/stage/frontend/fit_numbers.js";
import { table } from "./helpers.js";

const EXAMPLES = table("theory/fit_examples.json");
const NAMES = ["slope", "intercept", "r2", "condition", "rate"];
const NEAR = 1e-9;
const LOSING = 1e-6; // far from 0, the general solver in Python loses digits

test("the browser knows every scaling of the registry, and no other", () => {
  assert.deepEqual(Object.keys(SCALINGS).sort(), Object.keys(EXAMPLES.numbers).sort());
});

for (const [scaling, losses] of Object.entries(EXAMPLES.numbers)) {
  for (const [loss, sets] of Object.entries(losses)) {
    test(`${scaling}, ${loss}: the numbers are Python's`, () => {
      for (const [name, numbers] of Object.entries(sets)) {
        const found = fitNumbers(EXAMPLES.rows[name], scaling, loss);
        NAMES.forEach((key, i) => {
          const [value, expected] = [found[key], numbers[i]];
          if (expected === null) return assert.equal(value, null, `${name}, ${key}`);
          const bound = (name === "far from 0" ? LOSING : NEAR) * Math.max(1, Math.abs(expected));
          assert.ok(Math.abs(value - expected) <= bound, `${name}, ${key}: ${value} is not ${expected}`);
        });
      }
    });
  }
}
