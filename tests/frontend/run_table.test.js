import assert from "node:assert/strict";
import test from "node:test";

import { Clock } from "../../thermofit/stage/frontend/clock.js";
import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { csv, thinned } from "../../thermofit/stage/frontend/run_table.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block, random, whole } from "./helpers.js";

const run = (epochs, stride = 1) => {
  const rows = new Rows(["train_loss"]);
  rows.add(block({ train_loss: (epoch) => 100 / (1 + epoch) }, 0, Math.floor(epochs / stride) + 1, stride));
  return rows;
};
const epochsOf = (rows, epoch) => thinned(rows, epoch).map((row) => rows.epoch[row]);

test("it begins at 0, ends at the epoch shown, grows all the way and never has more than 50 rows", () => {
  const next = random(14);
  for (let i = 0; i < 200; i++) {
    const rows = run(whole(next, 0, 20_000), whole(next, 1, 4));
    const at = whole(next, 0, rows.last);
    const epochs = epochsOf(rows, at);
    assert.ok(epochs.length <= 50);
    assert.deepEqual([epochs[0], epochs.at(-1)], [0, rows.epoch[rows.at(at)]]);
    assert.ok(epochs.every((epoch, k) => !k || epoch > epochs[k - 1]));
  }
});

test("few epochs are all there, and many come in round steps with the present one", () => {
  assert.deepEqual(epochsOf(run(10), 3), [0, 1, 2, 3]);
  assert.deepEqual(epochsOf(run(3000), 1234).slice(0, 3), [0, 50, 100]);
  assert.equal(epochsOf(run(3000), 1234).at(-1), 1234);
  assert.deepEqual(epochsOf(run(0), 0), [0]);
  assert.deepEqual(thinned(new Rows(["train_loss"]), 5), []);
});

test("as CSV each number is as exact as float32 is, and what is not known is empty", () => {
  const tracks = new Tracks();
  tracks.set("run", run(3));
  const other = new Rows(["train_loss"]);
  other.add(block({ train_loss: (epoch) => (epoch ? NaN : 0.1) }, 0, 2));
  tracks.set("runner 1", other);
  const columns = [{ label: "Training loss, °C²", column: "train_loss" }, { label: 'The "other"', column: "train_loss", track: "runner 1" }];
  assert.equal(csv({ columns }, tracks, [0, 1, 2]), [
    'Epoch,"Training loss, °C²","The ""other"""',
    "0,100,0.1",
    "1,50,", // no number any more
    "2,33.33333,", // its rows have ended
  ].join("\n"));
});

test("with mini-batches each row tells its epoch and its update", () => {
  const tracks = new Tracks();
  const rows = run(4);
  rows.clock = new Clock([[0, 0, 4]]);
  tracks.set("run", rows);
  const columns = [{ label: "Loss", column: "train_loss" }];
  assert.equal(csv({ columns }, tracks, [0, 3, 4]), ["Epoch,Update,Loss", "0,0,100", "0.75,3,25", "1,4,20"].join("\n"));
});
