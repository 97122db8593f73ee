import assert from "node:assert/strict";
import test from "node:test";

import { frontend } from "./helpers.js";

const { forget, remember } = await import(new URL("array_attributes.js", frontend));

/** Plotly's schema as far as it is used, which counts how often it searches. */
function schema() {
  const counted = {
    searches: 0,
    findArrayAttributes(trace) {
      counted.searches++;
      return Object.keys(trace).filter((name) => Array.isArray(trace[name]));
    },
  };
  return counted;
}

test("a trace is searched once, however often its numbers change", () => {
  const plotly = schema();
  remember(plotly);
  for (let epoch = 0; epoch < 5; epoch++) {
    assert.deepEqual(plotly.findArrayAttributes({ uid: "a", visible: true, x: [epoch], y: [0] }), ["x", "y"]);
  }
  assert.equal(plotly.searches, 1);
});

test("traces differ, and so does one that is shown or hidden", () => {
  const plotly = schema();
  remember(plotly);
  assert.deepEqual(plotly.findArrayAttributes({ uid: "b", visible: false }), []);
  assert.deepEqual(plotly.findArrayAttributes({ uid: "b", visible: true, x: [1] }), ["x"]);
  assert.deepEqual(plotly.findArrayAttributes({ uid: "c", visible: true, text: ["a"] }), ["text"]);
  assert.equal(plotly.searches, 3);
});

test("other traces are searched anew after forget", () => {
  const plotly = schema();
  remember(plotly);
  plotly.findArrayAttributes({ uid: "d", visible: true, x: [1] });
  forget();
  assert.deepEqual(plotly.findArrayAttributes({ uid: "d", visible: true, z: [1] }), ["z"]);
});

test("asked twice, the schema remembers through one search only", () => {
  const plotly = schema();
  remember(plotly);
  const first = plotly.findArrayAttributes;
  remember(plotly);
  assert.equal(plotly.findArrayAttributes, first);
});
