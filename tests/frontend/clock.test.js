// Epochs of rows, where an epoch has several updates: against the fraction that each row is of an epoch.

import assert from "node:assert/strict";
import test from "node:test";

import { Clock, PLAIN, clockOf } from "../../thermofit/stage/frontend/clock.js";
import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { places, cell } from "../../thermofit/stage/frontend/standings.js";
import { statusText } from "../../thermofit/stage/frontend/status.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block, table } from "./helpers.js";

test("without mini-batches epoch and row are the same, and are told as they always were", () => {
  assert.deepEqual([PLAIN.epoch(12), PLAIN.row(12), PLAIN.perEpoch(3)], [12, 12, 1]);
  assert.deepEqual([PLAIN.written(12345), PLAIN.told(12)], ["12\u202f345", "epoch 12"]);
  assert.equal(clockOf(undefined), PLAIN);
});

test("with three updates per epoch each row is a third of an epoch, and none looks complete too early", () => {
  const clock = new Clock([[0, 0, 3]]);
  assert.equal(clock.told(37), "epoch 12.3, update 37");
  assert.deepEqual([36, 37, 38, 39].map((row) => clock.written(row)), ["12.0", "12.3", "12.6", "13.0"]);
  for (let row = 0; row < 3000; row++) assert.ok(Math.abs(clock.epoch(row) - row / 3) < 1e-9);
  for (let epoch = 0; epoch < 1000; epoch++) assert.equal(clock.row(epoch), 3 * epoch);
});

test("as many decimals as tell two updates apart", () => {
  for (const each of [2, 3, 7, 9, 10, 11, 64, 100, 101, 2500]) {
    const clock = new Clock([[0, 0, each]]);
    const written = Array.from({ length: 2 * each + 1 }, (_, row) => clock.written(row));
    assert.equal(new Set(written).size, written.length, String(each));
    assert.equal(Number(written[each]), 1);
    assert.equal(Number(written[2 * each]), 2);
  }
});

test("a change of batches on the way goes on from the epochs done", () => {
  const clock = new Clock([[0, 0, 1], [10, 10, 4], [14, 11, 1]]);
  assert.deepEqual([9, 10, 12, 14, 20].map((row) => clock.epoch(row)), [9, 10, 10.5, 11, 17]);
  assert.deepEqual([10, 11, 17].map((epochs) => clock.row(epochs)), [10, 14, 20]);
  assert.deepEqual([0, 10, 14].map((row) => clock.perEpoch(row)), [1, 4, 1]);
});

test("both halves write the same moments", () => {
  for (const { spans, told } of table("clock_examples.json")) {
    for (const [row, text] of told) assert.equal(new Clock(spans).told(row), text);
  }
});

test("a block brings its track's clock, which the columns and the readouts use", () => {
  const tracks = new Tracks();
  tracks.shape(["w"], {});
  tracks.add({ ...block({ w: (row) => row }, 0, 10), clock: [[0, 0, 4]] });
  const { run } = tracks;
  assert.deepEqual([run.value("epoch", 6), run.value("update", 6)], [1.5, 6]);
  tracks.leaveFuture(4, 8, 4, {});
  assert.equal(tracks.get("ghost").value("epoch", 4), 2);
  tracks.clear();
  assert.equal(tracks.run.clock, PLAIN);
});

test("runs whose epochs have other numbers of updates stand at the same epoch", () => {
  const tracks = new Tracks();
  tracks.shape([], {}, { all: {}, four: {} });
  tracks.add({ from: 0, stride: 1, count: 91, columns: {}, clock: [[0, 0, 9]] });
  tracks.add({ from: 0, stride: 1, count: 11, columns: {}, track: "all" });
  tracks.add({ from: 0, stride: 1, count: 31, columns: {}, track: "four", clock: [[0, 0, 3]] });
  for (let row = 0; row <= 90; row++) {
    assert.equal(tracks.moment(tracks.run, row), row);
    assert.equal(tracks.moment(tracks.get("all"), row), Math.floor(row / 9));
    assert.equal(tracks.moment(tracks.get("four"), row), Math.floor(row / 3));
  }
  const results = { all: { reached_epoch: 4 }, four: { reached_epoch: 9 } };
  const ranked = (epoch) => places(["all", "four"], { tracks, results, epoch }).map(({ track, state }) => [track, state]);
  assert.deepEqual(ranked(27), [["four", 0], ["all", 1]]); // after 3 epochs
  assert.deepEqual(ranked(36), [["four", 0], ["all", 0]]); // 4 epochs, though fewer updates
});

test("the status line and the cells of a board tell epochs, not rows", () => {
  const clock = new Clock([[0, 0, 4]]);
  const at = (parts) => statusText({ epoch: 6, changed: [], note: "", clock, ...parts });
  assert.equal(at({}), "Paused at epoch 1.5, update 6.");
  assert.match(at({ playing: true, changed: [9] }), /at epoch 2.2, update 9\./);
  const rows = Object.assign(new Rows(["train_loss"]), { clock });
  rows.add(block({ train_loss: (row) => 9 - row }, 0, 9));
  const tracks = { get: () => rows };
  const moment = { epoch: 8, tracks, track: "a", results: { a: { reached_epoch: 6, out_at: null } } };
  assert.equal(cell({ column: "epoch" }, "a", moment).text, "2.0");
  assert.deepEqual(cell({ result: "reached_epoch" }, "a", moment), { text: "1.5", value: 1.5 });
  const out = { ...moment, results: { a: { out_at: 7 } }, places: places(["a"], { ...moment, results: { a: { out_at: 7 } } }) };
  assert.equal(cell({ rank: true }, "a", out).text, "out at 1.7");
});
