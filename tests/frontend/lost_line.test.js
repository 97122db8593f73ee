import assert from "node:assert/strict";
import test from "node:test";

import { freeCorner } from "../../thermofit/stage/frontend/lost_line.js";

test("words go where no point is: with rising readings to the top left, with falling ones to the top right", () => {
  const rising = [[0.1, 0.9], [0.4, 0.6], [0.6, 0.4], [0.9, 0.1]];
  assert.deepEqual(freeCorner(rising), [false, false]);
  assert.deepEqual(freeCorner(rising.map(([x, y]) => [1 - x, y])), [true, false]);
  assert.deepEqual(freeCorner([[0.2, 0.1], [0.8, 0.1], [0.3, 0.9]]), [true, true]);
  assert.deepEqual(freeCorner([]), [false, false]);
});
