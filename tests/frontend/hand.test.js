// A line in somebody's hand: what stands in place of the run, when the server is told, and what is left afterwards.

import assert from "node:assert/strict";
import test from "node:test";

import { Hand, rounded } from "../../thermofit/stage/frontend/hand.js";
import { lossOf } from "../../thermofit/stage/frontend/losses.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block, clock } from "./helpers.js";

const COLUMNS = ["w", "b", "grad_w", "grad_b", "train_loss", "val_loss"];
const ROWS = { inputs: [1, 2, 4], targets: [3, 5, 8] };
const PART = {
  train: ROWS, validation: { inputs: [3], targets: [7] }, loss: "mse",
  w: { step: 0.001, least: -1000, most: 1000 }, b: { step: 0.01, least: -50, most: 50 },
};

/** As much of a stage as a hand needs: a run of 50 epochs whose w is 1 + epoch / 64, paused at `epoch`. */
function stage(epoch = 0) {
  const tracks = new Tracks();
  tracks.shape(COLUMNS, { slope: { w: 0.5 }, intercept: { w: 2, b: 1 } });
  tracks.add(block(Object.fromEntries(COLUMNS.map((name) => [name, (at) => (name === "w" ? 1 + at / 64 : at / 8)])), 0, 50));
  const made = { tracks, epoch, playing: false, stale: false, pauses: 0 };
  Object.defineProperty(made, "rows", { get: () => tracks.run });
  made.actions = { pause: () => Object.assign(made, { playing: false, pauses: made.pauses + 1 }) };
  made.hand = new Hand(made, clock(1000));
  made.hand.show(PART);
  return made;
}

const shown = ({ tracks }) => Object.fromEntries([...COLUMNS, "slope", "epoch"].map((name) => [name, tracks.get().value(name, 0)]));

test("what is held stands in place of the run, at epoch 0, with its own losses and gradient", () => {
  const made = stage(20);
  const recorded = made.rows;
  made.hand.hold(2.5, { x: 0, y: -3 });
  const line = { w: 2.5, b: -3 };
  const { loss, grad_w, grad_b } = lossOf("mse", line, ROWS);
  const val_loss = (2.5 * 3 - 3 - 7) ** 2;
  const expected = { ...line, grad_w, grad_b, train_loss: loss, val_loss, slope: 1.25, epoch: 0 };
  assert.deepEqual(shown(made), Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, Math.fround(value)])));
  assert.ok(made.stale && made.hand.isActive);
  assert.equal(made.rows, recorded);
  assert.equal(recorded.length, 50);
  made.hand.hold(-1, { x: 0, y: 4 });
  assert.deepEqual([shown(made).w, shown(made).b], [-1, 4]);
});

test("only the columns that are shown are needed", () => {
  const made = stage();
  made.tracks.shape(["w", "b", "train_loss"], {});
  made.tracks.add(block({ w: () => 1, b: () => 0, train_loss: () => 3 }, 0, 2));
  made.hand.hold(2, { x: 0, y: 1 });
  assert.deepEqual(made.tracks.get().names, ["w", "b", "train_loss"]);
});

test("a start has cost nothing", () => {
  const made = stage(20);
  const columns = ["w", "b", "evaluations", "seconds"];
  made.tracks.shape(columns, {});
  made.tracks.add(block(Object.fromEntries(columns.map((name) => [name, (at) => 3 * at])), 0, 50));
  made.hand.hold(2, { x: 0, y: 1 });
  assert.deepEqual(["evaluations", "seconds"].map((name) => made.tracks.get().value(name, 0)), [0, 0]);
});

test("put back, the run is as it was; let go where it was, nothing is asked", () => {
  const made = stage(20);
  made.hand.hold(2, { x: 0, y: 1 });
  made.hand.cancel();
  assert.equal(made.tracks.get(), made.rows);
  assert.ok(!made.hand.isActive);
  made.epoch = 0;
  made.hand.hold(3, { x: 0, y: 0 });
  made.hand.hold(1, { x: 0, y: 0 });
  made.hand.drop();
  assert.ok(!made.hand.isActive && !made.hand.dropped);
});

test("let go, it stays in the picture until the question that asked for it is answered", () => {
  const made = stage(20);
  made.hand.hold(2, { x: 0, y: 1 });
  made.hand.drop();
  assert.deepEqual(made.hand.dropped, { w: 2, b: 1 });
  made.hand.sent(7);
  made.hand.received(6);
  assert.equal(shown(made).w, 2);
  made.hand.received(7);
  assert.equal(made.tracks.get(), made.rows);
  assert.ok(!made.hand.isActive && made.hand.says === "");
});

test("taken again before the answer, it stays in the hand; put back, it is where it was dropped", () => {
  const made = stage(20);
  const drop = (w, seq) => { made.hand.hold(w, { x: 0, y: 1 }); made.hand.drop(); made.hand.sent(seq); };
  drop(2, 7);
  made.hand.hold(3, { x: 0, y: 1 });
  made.hand.cancel();
  assert.deepEqual([shown(made).w, made.hand.dropped], [2, { w: 2, b: 1 }]);
  made.hand.hold(4, { x: 0, y: 1 });
  made.hand.received(7); // the run from w = 2
  assert.equal(shown(made).w, 4);
  made.hand.drop();
  made.hand.sent(8);
  made.hand.received(7);
  assert.equal(shown(made).w, 4);
  made.hand.received(8);
  assert.ok(!made.hand.isActive);
});

test("a run that plays is paused when its start is moved", () => {
  const made = Object.assign(stage(20), { playing: true });
  assert.ok(!made.hand.isReady);
  made.hand.hold(2, { x: 0, y: 1 });
  assert.deepEqual([made.playing, made.pauses, made.hand.isReady], [false, 1, true]);
});

test("numbers become round, the finer the closer one looks; a number that does not change stays", () => {
  const held = (...taken) => { const made = stage(7); made.hand.hold(...taken); return made.hand.start; };
  assert.deepEqual(held(1.23456, { x: 0, y: 2.3456 }), { w: 1.235, b: 2.35 });
  assert.deepEqual(held(1.23456, { x: 0, y: 2.3456 }, 0.2), { w: 1.2346, b: 2.346 });
  assert.deepEqual(held(1.23456789, { x: 0, y: 2.3456 }, 0), { w: 1.23457, b: 2.3456 });
  const { w } = held(1 + 7 / 64, { x: 0, y: 2.3456 });
  assert.equal(w, 1.10938);
  assert.deepEqual([rounded(1234.5, 100), rounded(-0.00049, 0.001), rounded(0.1 + 0.2, 0.1)], [1200, 0, 0.3]);
});

test("the line goes through its point though its weight is rounded, and stays within the allowed ranges", () => {
  const made = stage();
  made.hand.hold(1.23456, { x: 40, y: 12 });
  assert.ok(Math.abs(1.235 * 40 + made.hand.start.b - 12) <= 0.005);
  made.hand.hold(1e6, { x: 0, y: -1e9 });
  assert.deepEqual(made.hand.start, { w: 1000, b: -50 });
  made.hand.hold(NaN, { x: 0, y: 1 });
  assert.deepEqual(made.hand.start, { w: 1000, b: -50 });
});

test("after a short rest it is let go of, unless it is taken again", () => {
  const made = stage(20);
  const { hand } = made;
  hand.hold(2, { x: 0, y: 1 });
  hand.wait(1e9);
  assert.ok(hand.holds);
  hand.rest(250);
  hand.wait(1249);
  assert.ok(hand.holds);
  hand.hold(3, { x: 0, y: 1 });
  hand.wait(1300);
  assert.ok(hand.holds);
  hand.rest(250);
  hand.wait(1250);
  assert.deepEqual([hand.holds, hand.dropped], [false, { w: 3, b: 1 }]);
});

test("another scene of the same lines keeps it; where w and b mean something else it is put back", () => {
  const made = stage(20);
  made.hand.hold(2, { x: 0, y: 1 });
  made.tracks.shape(COLUMNS, { slope: { w: 10 } });
  made.hand.show({ ...PART, controls: true });
  assert.equal(shown(made).slope, 20);
  made.hand.show({ ...PART, loss: "mae" });
  assert.ok(!made.hand.isActive);
  made.hand.hold(2, { x: 0, y: 1 });
  made.hand.show(undefined);
  assert.ok(!made.hand.isActive && !made.hand.isReady);
  made.hand.hold(2, { x: 0, y: 1 });
  assert.ok(!made.hand.isActive);
});
