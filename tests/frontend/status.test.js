import assert from "node:assert/strict";
import test from "node:test";

import { hasEnded, statusText } from "../../thermofit/stage/frontend/status.js";

const STANDS = { typing: false, ended: false, end: null, playing: false, note: "", epoch: 0, changed: [] };
const text = (parts) => statusText({ ...STANDS, ...parts });

test("what is being typed comes first, then how the run ended, then what the server notes", () => {
  const all = { typing: true, ended: true, end: { text: "It ended." }, playing: true, note: "A note.", epoch: 3 };
  assert.match(text(all), /typed/);
  assert.equal(text({ ...all, typing: false }), "It ended.");
  assert.equal(text({ ...all, typing: false, ended: false }), "A note.");
  assert.match(text({ playing: true, epoch: 3 }), /^Training/);
  assert.equal(text({ epoch: 3 }), "Paused at epoch 3.");
  assert.match(text({}), /^Ready/);
});

test("a run that opens at an epoch that is not here yet says so", () => {
  assert.equal(text({ playback: { opening: {}, wanted: 60000 }, epoch: 3 }), "Training up to epoch 60\u202f000 …");
  assert.equal(text({ playback: { opening: null, wanted: 60000 }, epoch: 3 }), "Paused at epoch 3.");
});

test("a run that is shown again tells of the next change that is still to come", () => {
  const told = (epoch) => text({ playing: true, epoch, changed: [10, 40] }).match(/at epoch (\d+)/)?.[1];
  assert.deepEqual([0, 9, 10, 39, 40].map(told), ["10", "10", "40", "40", undefined]);
});

test("what was pressed is answered for a moment, also after the end", () => {
  assert.equal(text({ brief: { text: "Link copied." }, ended: true, end: { text: "It ended." } }), "Link copied.");
  assert.equal(text({ brief: { text: "Link copied." }, byHand: "Let go." }), "Let go.");
  assert.equal(text({ brief: { text: "" }, ended: true, end: { text: "It ended." } }), "It ended.");
});

test("a run that ends at its start says so only once somebody tried it", () => {
  const refused = { end: { epoch: 0 }, run: "b" };
  assert.deepEqual([undefined, "a", "b"].map((tried) => hasEnded({ ...refused, tried }, 0)), [false, false, true]);
  assert.deepEqual([9, 10, 11].map((epoch) => hasEnded({ end: { epoch: 10 }, run: "b" }, epoch)), [false, true, true]);
  assert.equal(hasEnded({ end: null, run: "b", tried: "b" }, 5), false);
});
