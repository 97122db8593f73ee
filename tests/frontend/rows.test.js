// Rows compared with a plain Map from epoch to numbers.

import assert from "node:assert/strict";
import test from "node:test";

import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { block, random, whole } from "./helpers.js";

const COLUMNS = { w: (epoch) => Math.sin(epoch), loss: (epoch) => 1 / (1 + epoch) };
const rowsOf = (...blocks) => {
  const rows = new Rows(Object.keys(COLUMNS), { twice: { w: 2, one: 3 } });
  blocks.forEach((part) => rows.add(block(COLUMNS, ...part)));
  return rows;
};

/** What the rows should hold after `blocks`: all epochs in order, each once. */
function expected(blocks) {
  const epochs = new Set();
  for (const [from, count, stride = 1] of blocks) for (let i = 0; i < count; i++) epochs.add(from + i * stride);
  return [...epochs].sort((a, b) => a - b);
}

const epochsOf = (rows) => Array.from(rows.epoch.slice(0, rows.length));

test("blocks in any order, overlapping or repeated, become ascending epochs with their own numbers", () => {
  for (let seed = 0; seed < 50; seed++) {
    const next = random(seed);
    const rows = rowsOf();
    const taken = [];
    for (let i = 0; i < 12; i++) {
      const part = [whole(next, 0, rows.last + 2), whole(next, 0, 700), 2 ** whole(next, 0, 3)];
      if (rows.add(block(COLUMNS, ...part))) taken.push(part);
    }
    assert.deepEqual(epochsOf(rows), expected(taken));
    for (let row = 0; row < rows.length; row++) {
      assert.equal(rows.value("w", row), Math.fround(Math.sin(rows.epoch[row])));
      assert.equal(rows.value("loss", row), Math.fround(1 / (1 + rows.epoch[row])));
    }
  }
});

test("a block that would leave a gap is refused and changes nothing", () => {
  const rows = rowsOf([0, 10]);
  assert.equal(rows.add(block(COLUMNS, 11, 5)), false);
  assert.equal(rows.add(block(COLUMNS, 12, 5, 2)), false);
  assert.equal(rows.last, 9);
  assert.equal(rows.add(block(COLUMNS, 10, 0)), true); // nothing in it, so nothing is missing
  assert.equal(rows.add(block(COLUMNS, 12, 5, 4)), true); // every fourth epoch: none is left out
  assert.equal(rows.last, 28);
});

test("at() finds the newest row at or before an epoch, as a search through all of them does", () => {
  const rows = rowsOf([0, 40], [40, 30, 8]);
  const epochs = epochsOf(rows);
  for (const epoch of [-5, -0.5, 0, 0.9, 39, 40, 41.5, 100, 272, 273, 1e9, Infinity]) {
    assert.equal(rows.at(epoch), epochs.findLastIndex((recorded) => recorded <= epoch), `epoch ${epoch}`);
  }
  assert.equal(rowsOf().at(3), -1);
});

test("a derived column is the sum it names, an unknown one is no number", () => {
  const rows = rowsOf([0, 5]);
  for (let row = 0; row < 5; row++) assert.equal(rows.value("twice", row), 2 * rows.value("w", row) + 3);
  assert.equal(rows.value("epoch", 4), 4);
  assert.ok(Number.isNaN(rows.value("nobody", 0)));
});

test("dense() is true where every epoch has a row", () => {
  const rows = rowsOf([0, 20], [20, 10, 2], [36, 3]);
  const known = new Set(epochsOf(rows));
  for (let first = 0; first < 40; first++) {
    for (let last = first; last < 40; last++) {
      const all = Array.from({ length: last - first + 1 }, (_, i) => known.has(first + i)).every(Boolean);
      assert.equal(rows.dense(first, last), all, `${first} to ${last}`);
    }
  }
});

test("truncate() and between() keep exactly the epochs asked for", () => {
  const rows = rowsOf([0, 60]);
  const copy = rows.between(20, 40);
  rows.truncate(30);
  assert.deepEqual(epochsOf(rows), expected([[0, 31]]));
  assert.deepEqual(epochsOf(copy), expected([[20, 21]]));
  rows.add(block({ w: () => 7, loss: () => 7 }, 31, 20));
  assert.equal(copy.value("w", copy.at(35)), Math.fround(Math.sin(35))); // the copy is the other future
  assert.equal(rows.value("w", rows.at(35)), 7);
});

test("convert() reads all columns before it writes any, and null means unknown", () => {
  const rows = rowsOf([0, 30]);
  const before = Array.from({ length: 30 }, (_, row) => [rows.value("w", row), rows.value("loss", row)]);
  rows.convert({ w: { loss: 2 }, loss: { w: 1, loss: -1 } });
  before.forEach(([w, loss], row) => {
    assert.equal(rows.value("w", row), Math.fround(2 * loss));
    assert.equal(rows.value("loss", row), Math.fround(w - loss));
  });
  rows.convert({ loss: null });
  assert.ok(Number.isNaN(rows.value("loss", 3)) && Number.isFinite(rows.value("w", 3)));
});

test("the version changes whenever a row number may mean another epoch", () => {
  const rows = rowsOf([0, 10]);
  const { version } = rows;
  rows.add(block(COLUMNS, 10, 5000)); // room has to grow, but row 3 is still row 3
  assert.equal(rows.version, version);
  const changes = [
    () => rows.truncate(100), () => rows.add(block(COLUMNS, 104, 10, 4)), () => rows.add(block(COLUMNS, 90, 60)),
    () => rows.convert({}), () => rows.clear(),
  ];
  const versions = new Set([version]);
  for (const change of changes) {
    const grewOnly = rows.version;
    change();
    if (rows.last !== 140 || rows.version !== grewOnly) versions.add(rows.version);
  }
  assert.equal(versions.size, changes.length); // all but the second, which only adds at the end
});
