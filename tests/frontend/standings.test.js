// How a race stands at the playhead, what a board's cells say there, and in which order its rows come.

import assert from "node:assert/strict";
import test from "node:test";

import { cell, places, sorted } from "../../thermofit/stage/frontend/standings.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block } from "./helpers.js";

/** Four runners: two arrive, one is slow, one explodes: it has no rows from there on. */
function race() {
  const tracks = new Tracks();
  tracks.shape(["train_loss"], {});
  const add = (track, loss, count) => tracks.add({ track, ...block({ train_loss: loss }, 0, count) });
  add("quick", (epoch) => 100 / (epoch + 1), 100);
  add("later", (epoch) => 90 / (epoch + 1), 100);
  add("slow", (epoch) => 100 - epoch / 2, 100);
  add("wild", (epoch) => 2 ** epoch, 30);
  const results = { quick: { reached_epoch: 40 }, later: { reached_epoch: 60 }, slow: {}, wild: { out_at: 30 } };
  return { tracks, results };
}

const names = ["wild", "slow", "later", "quick"];
const order = (epoch) => places(names, { ...race(), epoch }).map(({ track }) => track);

test("before anybody arrives the lower loss leads; then who arrived first; who exploded is last", () => {
  assert.deepEqual(order(0), ["wild", "later", "slow", "quick"]);
  assert.deepEqual(order(20), ["later", "quick", "slow", "wild"]);
  assert.deepEqual(order(50), ["quick", "later", "slow", "wild"]);
  assert.deepEqual(order(99), ["quick", "later", "slow", "wild"]);
});

test("places are known only once the playhead is there, and equal arrivals share one", () => {
  const moment = (epoch) => {
    const { tracks, results } = race();
    results.later.reached_epoch = 40;
    return { tracks, results, epoch, places: places(names, { tracks, results, epoch }) };
  };
  const says = (track, epoch) => cell({ rank: true }, track, moment(epoch)).text;
  assert.deepEqual([says("quick", 39), says("quick", 40), says("later", 40), says("slow", 99)], ["–", "1", "1", "–"]);
  assert.deepEqual([says("wild", 28), says("wild", 29)], ["–", "out at 30"]); // its newest row is the epoch before
});

test("who explodes is out, even after an arrival", () => {
  const { tracks, results } = race();
  results.wild.reached_epoch = 3;
  const first = (epoch) => places(names, { tracks, results, epoch })[0].track;
  assert.deepEqual([first(3), first(28), first(29), first(99)], ["wild", "wild", "later", "quick"]);
});

test("a result stays a secret until the playhead has come to it", () => {
  const moment = (epoch) => ({ results: { a: { reached_epoch: 40, reached_evaluations: 800 } }, epoch, track: "a" });
  assert.equal(cell({ result: "reached_epoch" }, "a", moment(39)).text, "–");
  assert.equal(cell({ result: "reached_epoch" }, "a", moment(40)).text, "40");
  const evaluations = { result: "reached_evaluations", at: "reached_epoch" };
  assert.deepEqual([39, 40].map((epoch) => cell(evaluations, "a", moment(epoch)).text), ["–", "800"]);
});

test("a live cell follows its own track, whose last row stays", () => {
  const { tracks } = race();
  const says = (track, epoch) => cell({ column: "train_loss", digits: 3 }, track, { tracks, epoch }).text;
  assert.deepEqual([says("quick", 9), says("wild", 5), says("wild", 29), says("wild", 90)], ["10.0", "32.0", "5.37e8", "5.37e8"]);
  assert.equal(says("nobody", 3), "–");
});

test("plain cells say what they hold, and never null, NaN or undefined", () => {
  for (const value of [null, undefined, { result: "x" }, { column: "x" }, { rank: true }]) {
    assert.equal(cell(value, "nobody", { tracks: new Tracks(), places: [], epoch: 0 }).text, "–");
  }
  assert.deepEqual(cell("SGD", "a", {}), { text: "SGD", value: "SGD" });
  assert.deepEqual(cell(0.01, "a", {}), { text: "0.01", value: 0.01 });
  assert.equal(cell(0.30000001192, "a", {}).text, "0.3");
});

test("a result waits for the playhead, unless it is known already", () => {
  const moment = (epoch) => ({ epoch, results: { a: { epochs: 90, final: 2.5 } } });
  const says = (value, epoch) => cell(value, "a", { ...moment(epoch), track: "a" }).text;
  assert.deepEqual([says({ result: "epochs" }, 89), says({ result: "epochs" }, 90)], ["–", "90"]);
  assert.deepEqual([says({ result: "final", at: "epochs", digits: 3 }, 89), says({ result: "final", at: "epochs", digits: 3 }, 90)], ["–", "2.50"]);
  assert.deepEqual([says({ result: "epochs", known: true }, 0), says({ result: "final", known: true, digits: 3 }, 0)], ["90", "2.50"]);
  assert.equal(cell({ result: "epochs", known: true }, "b", moment(0)).text, "–");
});

test("rows sort by numbers and words, those without a value last either way, equal ones in their order", () => {
  const rows = ["a", "b", "c", "d"];
  assert.deepEqual(sorted(rows, [3, null, 1, 3]), ["c", "a", "d", "b"]);
  assert.deepEqual(sorted(rows, [3, null, 1, 3], true), ["a", "d", "c", "b"]);
  assert.deepEqual(sorted(rows, ["Run 10", "Run 9", "run 1", null]), ["c", "b", "a", "d"]);
});

test("beside a baseline, a result is told with its difference", () => {
  const moment = { epoch: 0, track: "a", results: { a: { epochs: 90, loss: 2.5 }, b: { epochs: 110, loss: 2.25, best: 1 }, c: { epochs: 90 } } };
  const says = (name, than) => cell({ result: name, digits: 3, known: true, than }, "a", moment).text;
  assert.deepEqual([says("epochs", "b"), says("loss", "b"), says("epochs", "c")], ["90\n−20", "2.50\n+0.250", "90\nsame"]);
  assert.deepEqual([says("loss", "c"), says("best", "b"), says("loss", undefined)], ["2.50", "–", "2.50"]);
});
