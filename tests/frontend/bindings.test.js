// Where each kind of trace stands, compared with the formula that its meta names.

import assert from "node:assert/strict";
import test from "node:test";

import { bindings, cutLine, isInPicture, squares } from "../../thermofit/stage/frontend/bindings.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block, random } from "./helpers.js";

const VALUES = { w: (epoch) => Math.cos(epoch / 90), b: (epoch) => epoch / 4096, loss: (epoch) => 2 ** (-epoch / 64) };
const AXES = { x: { range: [0, 10], length: 500 }, y: { range: [-5, 35], length: 300 } };

function tracks(count = 3000) {
  const all = new Tracks();
  all.shape(Object.keys(VALUES), {});
  all.add(block(VALUES, 0, count));
  all.add({ track: "ghost", ...block(VALUES, 0, 100) });
  return all;
}

const value = (name, epoch) => (name === "epoch" ? epoch : Math.fround(VALUES[name](epoch)));
const bind = (meta, trace = {}) => Object.values(bindings([{ ...trace, meta }])).flat()[0];

test("bindings sort themselves into what moves, what stands and what tells", () => {
  const metas = [{ play: "curve" }, { play: "path", whole: true }, { hover: "line" }, {}, { play: "point" }];
  const sorted = bindings([...metas.map((meta) => ({ meta })), {}]);
  const indices = Object.fromEntries(Object.entries(sorted).map(([kind, parts]) => [kind, parts.map(({ index }) => index)]));
  assert.deepEqual(indices, { moving: [0, 4], standing: [1], hovering: [2] });
});

test("a path keeps every one of the first epochs, ascends and holds true rows only", () => {
  const path = bind({ play: "path", x: "w", y: "b", z: "loss" }).place(tracks(), 2999, AXES);
  for (let epoch = 0; epoch < 256; epoch++) {
    for (const [axis, name] of [["x", "w"], ["y", "b"], ["z", "loss"]]) assert.equal(path[axis][epoch], value(name, epoch));
  }
  const epochs = path.y.map((b) => Math.round(b * 4096)); // b tells the epoch
  assert.ok(epochs.every((epoch, i) => i === 0 || epoch > epochs[i - 1]));
  epochs.forEach((epoch, i) => assert.deepEqual([path.x[i], path.z[i]], [value("w", epoch), value("loss", epoch)]));
  assert.equal(epochs.at(-1), 2999);
  for (const extreme of [Math.min, Math.max]) {
    const all = Array.from({ length: 3000 }, (_, epoch) => value("w", epoch));
    assert.equal(extreme(...path.x), extreme(...all));
  }
});

test("a point stands at the playhead, several are joined, and a fixed row stays", () => {
  const point = (meta) => bind({ play: "point", ...meta }).place(tracks(), 500.7, AXES);
  assert.deepEqual(point({ x: "epoch", y: "loss" }), { x: [500], y: [value("loss", 500)] });
  assert.deepEqual(point({ x: ["w", "b"], y: ["loss", "w"] }),
    { x: [value("w", 500), value("b", 500)], y: [value("loss", 500), value("w", 500)] });
  assert.deepEqual(point({ x: "w", y: "b", row: 0 }), { x: [value("w", 0)], y: [value("b", 0)] });
});

test("a whole track is shown up to its end, without rows that have no numbers", () => {
  const all = tracks();
  all.get("ghost").columns.loss.fill(NaN, 10, 20);
  const shown = bind({ play: "path", x: "epoch", y: "loss", track: "ghost", whole: true }).place(all, 3, AXES);
  const epochs = Array.from({ length: 100 }, (_, epoch) => epoch).filter((epoch) => epoch < 10 || epoch >= 20);
  assert.deepEqual(shown, { x: epochs, y: epochs.map((epoch) => value("loss", epoch)) });
});

test("a line at some of the trace's own places leaves the others alone", () => {
  const trace = { x: [1, 2, null, 4, 5, null], y: [9, 9, null, 9, 9, null] };
  const placed = bind({ play: "line", slope: "w", intercept: "b", from: 1, step: 3 }, trace).place(tracks(), 40, AXES);
  const at = (x) => value("w", 40) * x + value("b", 40);
  assert.deepEqual(placed, { y: [9, at(2), null, 9, at(5), null] });
});

test("hovering tells the line and the gap at the playhead", () => {
  const trace = { x: [1, 2], y: [5, 6], customdata: [[1, 0, 0], [2, 0, 0]] };
  bind({ hover: "line", slope: "w", intercept: "b" }, trace).tell(tracks(), 70);
  trace.customdata.forEach(([number, line, gap], i) => {
    assert.equal(number, i + 1);
    assert.equal(line, value("w", 70) * trace.x[i] + value("b", 70));
    assert.equal(gap, trace.y[i] - line);
  });
});

test("a cut line lies on the line, reaches as far as it may, and never far outside", () => {
  const next = random(3);
  const [low, high] = AXES.y.range;
  const [least, most] = [low - 50 * (high - low), high + 50 * (high - low)];
  for (let i = 0; i < 500; i++) {
    const [slope, intercept] = [next() - 0.5, next() - 0.5].map((part) => part * 10 ** (12 * next() - 3));
    const { x, y } = cutLine([-3, 12], slope, intercept, AXES.y.range);
    x.forEach((place, end) => {
      assert.ok(y[end] >= least && y[end] <= most);
      const line = slope * place + intercept;
      const crosses = [-3, 12].some((other) => slope * other + intercept > least && slope * other + intercept < most);
      if (crosses) assert.ok(Math.abs(line - y[end]) <= 1e-9 * (Math.abs(intercept) + most - least), `${slope} ${intercept}`);
      if (y[end] > least && y[end] < most) assert.equal(place, [-3, 12][end]);
    });
  }
});

test("squares are as wide as tall in pixels, from the reading to the line", () => {
  const readings = [[1, 10], [4, 2]];
  const trace = { x: readings.flatMap(([t]) => [t, 0, 0, 0, 0, null]), y: readings.flatMap(([, y]) => [y, 0, 0, 0, 0, null]) };
  const drawn = squares(trace, 2, 3, AXES);
  readings.forEach(([t, reading], i) => {
    const [x, y] = [drawn.x.slice(6 * i, 6 * i + 5), drawn.y.slice(6 * i, 6 * i + 5)];
    const line = 2 * t + 3;
    assert.deepEqual([Math.min(...y), Math.max(...y)], [Math.min(reading, line), Math.max(reading, line)]);
    assert.deepEqual([x[0], y[0], x[4], y[4]], [t, reading, t, reading]); // a closed ring
    const pixels = [(Math.max(...x) - Math.min(...x)) * 500 / 10, (Math.max(...y) - Math.min(...y)) * 300 / 40];
    assert.ok(Math.abs(pixels[0] - pixels[1]) < 1e-9);
    assert.equal(drawn.x[6 * i + 5], null);
  });
});

test("a line is in the picture exactly where one of its points is", () => {
  const next = random(11);
  let [seen, gone] = [0, 0];
  for (let i = 0; i < 500; i++) {
    const [slope, intercept] = [(next() - 0.5) * 40, (next() - 0.5) * 400];
    const line = cutLine([-20, 30], slope, intercept, [-5, 35]);
    const heights = Array.from({ length: 10001 }, (_, k) => slope * (k / 1000) + intercept);
    const inside = heights.some((y) => y >= -5 && y <= 35);
    assert.equal(isInPicture(line, [0, 10], [-5, 35]), inside, `${slope} ${intercept}`);
    if (inside) seen++;
    else gone++;
  }
  assert.ok(Math.min(seen, gone) > 50);
});

test("an exploded line is not in the picture, however steep", () => {
  const line = cutLine([-20, 180], -5.5580e15, -9.79e13, [-5, 35]);
  assert.equal(isInPicture(line, [20, 80], [-5, 35]), false);
});
