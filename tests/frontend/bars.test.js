// A click on a bar offers what the bar holds: the foremost histogram that is as high as the click, and nothing above.

import assert from "node:assert/strict";
import test from "node:test";

import { offered, tellClick } from "../../thermofit/stage/frontend/bars.js";

const click = { edges: [0, 1, 2, 4], series: [{ heights: [3, 0, 2], offers: [7, null, 9] }, { heights: [5, 1, 1], offers: [1, 2, 3] }] };

for (const [x, y, expected] of [
  [0.5, 2, 7], [0, 3, 7], [0.99, 3.5, 1], [1, 0.5, 2], [3.9, 1.5, 9],
  [0.5, 5.1, null], [1.5, 1.1, null], [-0.1, 1, null], [4, 1, null], [3, -0.1, null],
]) {
  test(`a click at ${x}, ${y}`, () => assert.deepEqual(offered({ x, y }, click), expected && { x: expected, y: 0 }));
}

test("a click elsewhere is told as it is", () => {
  const told = [];
  tellClick((place) => told.push(place), { x: 12, y: 5 }, true);
  tellClick((place) => told.push(place), { x: 0.5, y: 5 }, click);
  tellClick((place) => told.push(place), { x: 0.5, y: 6 }, click);
  assert.deepEqual(told, [{ x: 12, y: 5 }, { x: 1, y: 0 }]);
});
