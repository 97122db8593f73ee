// Many curves in one picture: the path that is written is the one that the rows tell, in the pixels of the axes.

import assert from "node:assert/strict";
import test from "node:test";

import { MANY, Quick, pathOf } from "../../thermofit/stage/frontend/quick.js";

const axis = { c2p: (value) => 10 * value };

test("a path goes through every place that can be told apart, always through the first and the last", () => {
  assert.equal(pathOf({ x: [0, 1, 2], y: [0, 5, 1] }, axis, axis), "M0,0L10,50L20,10");
  assert.equal(pathOf({ x: [0, 0.01, 0.02, 3], y: [0, 0.01, 0, 0] }, axis, axis), "M0,0L30,0");
  assert.equal(pathOf({ x: [0, 0.01], y: [0, 0.01] }, axis, axis), "M0,0L0.1,0.1");
});

test("places without a number are left out", () => {
  assert.equal(pathOf({ x: [NaN, 1, 2], y: [1, 1, Infinity] }, axis, axis), "M10,10");
  assert.equal(pathOf({ x: [], y: [] }, axis, axis), "");
});

test("few traces, and such as are no plain line or point, are left to Plotly", () => {
  const placed = (count, part) => Array.from({ length: count }, (_, index) => [{ ...part, index }, { x: [1], y: [1] }]);
  const plot = { data: [], querySelectorAll: () => [], _fullLayout: { xaxis: axis, yaxis: axis } };
  const draws = (...asked) => new Quick().draw(plot, placed(...asked));
  assert.equal(draws(MANY - 1, { play: "curve" }), false);
  assert.equal(draws(MANY, { play: "line" }), false);
  assert.equal(draws(MANY, { play: "point", x: ["a", "b"] }), false);
  assert.equal(draws(MANY, { play: "curve" }), false); // Plotly has not made them yet
});

test("lines and markers are moved where they are", () => {
  const set = [];
  const element = { isConnected: true, setAttribute: (name, value) => set.push([name, value]) };
  const nodes = Array.from({ length: MANY }, (_, index) => ({ __data__: [{ trace: { index } }], querySelector: () => element }));
  const plot = { data: nodes, querySelectorAll: () => nodes, _fullLayout: { xaxis: axis, yaxis: axis } };
  const part = (index) => (index ? { index, play: "curve", x: "epoch" } : { index, play: "point", x: "epoch" });
  assert.ok(new Quick().draw(plot, nodes.map((_, index) => [part(index), { x: [1], y: [2] }])));
  assert.deepEqual(set.slice(0, 2), [["transform", "translate(10,20)"], ["d", "M10,20"]]);
});
