import assert from "node:assert/strict";
import test from "node:test";

import { isChoice } from "../../thermofit/stage/frontend/sidebar_closes.js";

/** An element that stands within, or is, what these selectors find. */
const element = (...kinds) => ({
  closest: (selector) => (kinds.some((kind) => selector.includes(kind)) ? {} : null),
  matches: (selector) => kinds.some((kind) => selector.startsWith(kind)),
});
const SIDE = "stSidebar";

test("an option of a menu, a button of a row, a switch, a typed number and a slider let go of are choices", () => {
  assert.ok(isChoice({ type: "click", target: element('role="option"') }));
  assert.ok(isChoice({ type: "click", target: element(SIDE, "stButtonGroup") }));
  assert.ok(isChoice({ type: "click", target: element(SIDE, "stCheckbox") }));
  assert.ok(isChoice({ type: "keydown", key: "Enter", target: element(SIDE, "input") }));
  assert.ok(isChoice({ type: "pointerup", target: element() }, {}));
});

test("what only leads to a choice, and what stands elsewhere, is none", () => {
  assert.ok(!isChoice({ type: "click", target: element(SIDE, "stExpander") }));
  assert.ok(!isChoice({ type: "click", target: element("stButtonGroup") }));
  assert.ok(!isChoice({ type: "keydown", key: "5", target: element(SIDE, "input") }));
  assert.ok(!isChoice({ type: "keydown", key: "Enter", target: element("input") }));
  assert.ok(!isChoice({ type: "pointerup", target: element() }, null));
});
