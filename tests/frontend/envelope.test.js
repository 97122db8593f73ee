// The rows picked for a long curve, compared with the smallest and largest of all rows.

import assert from "node:assert/strict";
import test from "node:test";

import { Envelope } from "../../thermofit/stage/frontend/envelope.js";
import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { block, random, whole } from "./helpers.js";

const MOST = 4 * Envelope.BUCKETS + 4; // two rows for each bucket, and both ends

function curve(value, count) {
  const rows = new Rows(["y"]);
  rows.add(block({ y: value }, 0, count));
  return [rows, new Envelope(rows, "y")];
}

/** The smallest and the largest value of rows `first` to `last` that are numbers. */
function span(rows, picked) {
  const known = picked.map((row) => rows.value("y", row)).filter((value) => !Number.isNaN(value));
  return known.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

const upTo = (end) => Array.from({ length: end + 1 }, (_, row) => row);

test("short curves are drawn with every row", () => {
  const [, envelope] = curve((epoch) => epoch % 7, 150);
  for (const end of [0, 1, 2, 77, 149]) assert.deepEqual(envelope.upTo(end), upTo(end));
});

test("few rows in ascending order, with both ends and both extremes, wherever the curve ends", () => {
  for (let seed = 0; seed < 8; seed++) {
    const next = random(seed);
    const numbers = Array.from({ length: 20_000 }, () => next());
    const [rows, envelope] = curve((epoch) => numbers[epoch], numbers.length);
    for (let i = 0; i < 20; i++) {
      const end = whole(next, 0, numbers.length - 1);
      const picked = envelope.upTo(end);
      assert.ok(picked.length <= MOST);
      assert.deepEqual([picked[0], picked.at(-1)], [0, end]);
      assert.ok(picked.every((row, j) => j === 0 || row > picked[j - 1]));
      assert.deepEqual(span(rows, picked), span(rows, upTo(end)));
    }
  }
});

test("one spike of one epoch stays visible in a hundred thousand", () => {
  for (const at of [3, 4_711, 65_536, 99_999]) {
    const [, envelope] = curve((epoch) => (epoch === at ? 9 : 1), 100_000);
    assert.ok(envelope.upTo(99_999).includes(at), `at ${at}`);
  }
});

test("a row without a number hides none of its neighbours", () => {
  const [rows, envelope] = curve((epoch) => (epoch % 8 === 0 ? NaN : epoch === 4_001 ? 9 : epoch === 802 ? -9 : 1), 5_000);
  assert.deepEqual(span(rows, envelope.upTo(4_999)), [-9, 9]);
});

test("it is the same whether rows came one by one or at once, and starts anew where rows changed", () => {
  const value = (epoch) => Math.sin(epoch ** 1.3);
  const [rows, growing] = curve(value, 1);
  for (let count = 1; count < 3_000; count += 37) {
    rows.add(block({ y: value }, count, 37));
    growing.upTo(rows.length - 1);
  }
  const fresh = () => new Envelope(rows, "y").upTo(rows.length - 1);
  assert.deepEqual(growing.upTo(rows.length - 1), fresh());
  rows.truncate(1_000);
  rows.add(block({ y: (epoch) => -epoch }, 1_001, 500));
  assert.deepEqual(growing.upTo(rows.length - 1), fresh());
});
