// Many curves in one picture: the path that is written is the one that the rows tell, in the pixels of the axes.

import assert from "node:assert/strict";
import test from "node:test";

import { MANY, PathText, Quick } from "../../thermofit/stage/frontend/quick.js";
import { random, whole } from "./helpers.js";

const axis = { c2p: (value) => 10 * value, range: [0, 10], type: "linear", _length: 100 };
const pathOf = (...shown) => new PathText().of(...shown);

test("a path goes through every place that can be told apart, always through the first and the last", () => {
  assert.equal(pathOf({ x: [0, 1, 2], y: [0, 5, 1] }, axis, axis), "M0,0L10,50L20,10");
  assert.equal(pathOf({ x: [0, 0.01, 0.02, 3], y: [0, 0.01, 0, 0] }, axis, axis), "M0,0L30,0");
  assert.equal(pathOf({ x: [0, 0.01], y: [0, 0.01] }, axis, axis), "M0,0L0.1,0.1");
});

test("places without a number are left out", () => {
  assert.equal(pathOf({ x: [NaN, 1, 2], y: [1, 1, Infinity] }, axis, axis), "M10,10");
  assert.equal(pathOf({ x: [], y: [] }, axis, axis), "");
});

test("a gap parts a path in two", () => {
  const side = { ...axis, c2p: (value) => (value === null ? undefined : 10 * value) };
  assert.equal(pathOf({ x: [0, 1, null, 2, 3], y: [0, 1, null, 2, 3] }, side, side), "M0,0L10,10M20,20L30,30");
});

test("a path that is written on from picture to picture is the one that would be written anew", () => {
  const next = random(7);
  const odd = [NaN, Infinity, null];
  const number = () => (next() < 0.05 ? odd[whole(next, 0, 2)] : Math.round(next() * 40) / 40 * whole(next, 0, 3));
  const kept = new PathText();
  let [x, y, length] = [[], [], 100];
  for (let picture = 0; picture < 400; picture++) {
    const cut = whole(next, 0, next() < 0.8 ? 3 : x.length);
    [x, y] = [x, y].map((values) => values.slice(0, Math.max(0, values.length - cut)));
    for (let more = whole(next, 0, 6); more > 0; more--) x.push(number()), y.push(number());
    if (next() < 0.1) length = whole(next, 50, 60); // the window has another size
    const side = { ...axis, c2p: (value) => (value === null ? undefined : (value * length) / 10), _length: length };
    assert.equal(kept.of({ x, y }, side, side), pathOf({ x, y }, side, side));
  }
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
