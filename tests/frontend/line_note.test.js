import assert from "node:assert/strict";
import test from "node:test";

import { along, emptiest } from "../../thermofit/stage/frontend/line_note.js";

const axis = (range, length, flipped) => ({
  range, _length: length,
  c2p: (value) => length * ((flipped ? range[1] - value : value - range[0]) / (range[1] - range[0])),
});

test("a rising line leaves the upper left free, a falling one the upper right", () => {
  const [x, y] = [axis([0, 10], 400), axis([0, 10], 300, true)];
  const rising = along({ x: [-10, 20], y: [-10, 20] }, x, y);
  assert.deepEqual(rising[0], [0, 1]);
  assert.deepEqual(rising.at(-1), [1, 0]);
  assert.deepEqual(emptiest(rising, 0.4, 0.1), [false, false]);
  assert.deepEqual(emptiest(along({ x: [-10, 20], y: [20, -10] }, x, y), 0.4, 0.1), [true, false]);
});

test("the name goes where neither points nor lines are", () => {
  assert.deepEqual(emptiest([[0.1, 0.02], [0.9, 0.05], [0.2, 0.97]], 0.4, 0.1), [true, true]);
  assert.deepEqual(emptiest([[0.5, 0.5]], 0.4, 0.1), [false, false]);
});
