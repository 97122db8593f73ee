import assert from "node:assert/strict";
import test from "node:test";

import { guideState, pieces } from "../../thermofit/stage/frontend/guide.js";
import { leftOf } from "../../thermofit/stage/frontend/tips.js";

test("the sentence follows the state", () => {
  const state = (stands) => guideState({ ended: false, end: null, playing: false, epoch: 0, ...stands });
  assert.equal(state({}), "ready");
  assert.equal(state({ playing: true }), "playing");
  assert.equal(state({ epoch: 3 }), "paused");
  assert.equal(state({ ended: true, end: { kind: "good" }, epoch: 9 }), "finished");
  assert.equal(state({ ended: true, end: { kind: "bad", exploded: true } }), "exploded");
  assert.equal(state({ ended: true, end: { kind: "bad", exploded: false } }), ""); // the status says why torch refused
});

test("a term is told from the text around it", () => {
  const parts = ["Each dot is a ", { term: "reading", help: "A number." }, "."];
  assert.deepEqual(pieces(parts), [["span", "Each dot is a ", ""], ["button", "reading", "A number."], ["span", ".", ""]]);
});

test("an explanation stays within the stage", () => {
  const stage = { left: 100, width: 500 };
  assert.equal(leftOf({ left: 150 }, stage, 340), 50);
  assert.equal(leftOf({ left: 550 }, stage, 340), 160);
  assert.equal(leftOf({ left: 90 }, stage, 340), 0);
});
