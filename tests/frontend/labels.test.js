// Names at the ends of lines: clear of each other, inside the plot.

import assert from "node:assert/strict";
import test from "node:test";

import { endOf, spread } from "../../thermofit/stage/frontend/labels.js";
import { random } from "./helpers.js";

test("names keep the order of their lines, clear of each other and inside, as long as there is room", () => {
  const next = random(5);
  for (let i = 0; i < 300; i++) {
    const wanted = Array.from({ length: 1 + Math.floor(16 * next()) }, () => 400 * next() - 50);
    const placed = spread(wanted, 9, 300);
    const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
    assert.ok(placed.every((y) => y >= 9 - 1e-9 && y <= 300 + 1e-9));
    order.slice(1).forEach((k, rank) => assert.ok(placed[k] - placed[order[rank]] >= 18 - 1e-9));
  }
});

test("names with room enough stay where they belong, and where there is none all stay inside", () => {
  assert.deepEqual(spread([50, 200, 100], 9, 300), [50, 200, 100]);
  assert.ok(spread(Array(40).fill(100), 9, 300).every((y) => y >= 9 - 1e-9 && y <= 300 + 1e-9));
});

test("a line is named at its last place inside the plot, a straight one where it leaves it", () => {
  const axis = (length) => ({ c2p: (value) => value, _length: length });
  const end = (x, y) => endOf({ x, y }, axis(100), axis(50));
  assert.deepEqual(end([0, 10, 20], [5, 5, 6]), [20, 6]);
  assert.deepEqual(end([0, 10, 20], [5, 5, 600]), [10, 5]);
  assert.deepEqual(end([-100, 300], [10, 50]), [100, 30]);
  assert.deepEqual(end([-100, 300], [-100, 300]), [50, 50]);
  assert.equal(end([-100, 300], [-100, -300]), null);
  assert.equal(end([0, 10, 20], [NaN, NaN, NaN]), null);
});
