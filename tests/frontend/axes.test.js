// Axes, compared with a search through the series and with what must hold of any axis that grows.

import assert from "node:assert/strict";
import test from "node:test";

import { Axes, nice, roomOf, step } from "../../thermofit/stage/frontend/axes.js";
import { random } from "./helpers.js";

const SERIES = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

test("nice() is the first number of 1, 2, 5, 10, 20 … that is large enough", () => {
  const next = random(1);
  const values = [...SERIES, ...SERIES.map((value) => value + 1), ...Array.from({ length: 500 }, () => 10 ** (9 * next()))];
  for (const value of values) {
    const large = SERIES.find((item) => item >= value);
    if (large) assert.equal(nice(value), large, `for ${value}`);
  }
  assert.deepEqual([nice(0.3), nice(0.02), nice(0.0041), nice(0)], [0.5, 0.02, 0.005, 1e-6]);
});

test("step() goes out to the next half power of ten, or by a quarter of the axis where there is no power", () => {
  assert.equal(step(10, 10, true, 9), 10);
  assert.ok(Math.abs(step(10, 50, true, 9) - 100) < 1e-9);
  assert.ok(Math.abs(step(10, 20, true, 9) - 10 ** 1.5) < 1e-9);
  assert.ok(Math.abs(step(10, 0.05, false, 9) - 10 ** -1.5) < 1e-9);
  assert.equal(step(-2, -3, false, 8), -5);
  assert.equal(step(0, 3, true, 8), 5);
});

test("an axis holds everything it was shown, and never shrinks", () => {
  const next = random(2);
  const layout = { xaxis: { range: [0, 100] }, yaxis: { type: "log", range: [0, 2] }, yaxis2: { range: [-1, 1] } };
  const axes = new Axes(layout, { xaxis: { stop: 5000 }, yaxis: {}, yaxis2: {} });
  for (let i = 0; i < 200; i++) {
    const before = structuredClone(axes.range);
    const data = { x: [5000 * next()], y: [10 ** (12 * next() - 6)] };
    const changed = axes.grow([data, {}, null]);
    for (const axis of axes.names) {
      const [low, high] = axes.range[axis];
      assert.ok(low <= before[axis][0] && high >= before[axis][1]);
      assert.ok(low <= data[axis[0]][0] && data[axis[0]][0] <= high);
      assert.equal(changed.includes(axis), low !== before[axis][0] || high !== before[axis][1]);
    }
  }
  assert.deepEqual(axes.range.xaxis, [0, 5000]);
});

test("an axis along x stops on its way at the end that is expected, and goes on where there is more", () => {
  const axes = new Axes({ xaxis: { range: [0, 100] } }, { xaxis: { stop: 3000 } });
  const edges = [100, 101, 2001, 3000, 3001, 7000].map((value) => { axes.grow([{ x: [value] }]); return axes.range.xaxis[1]; });
  assert.deepEqual(edges, [100, 200, 3000, 3000, 5000, 10000]);
  const time = new Axes({ xaxis: { range: [0, 0.005] } }, { xaxis: {} });
  const seconds = [0.004, 0.0051, 0.3].map((value) => { time.grow([{ x: [value] }]); return time.range.xaxis[1]; });
  assert.deepEqual(seconds, [0.005, 0.01, 0.5]);
});

test("an axis grows up to its most, and is then told no more", () => {
  const axes = new Axes({ yaxis: { type: "log", range: [0, 2] } }, { yaxis: { most: 1000 } });
  assert.deepEqual(axes.grow([{ y: [1e30] }]), ["yaxis"]);
  assert.deepEqual(axes.range.yaxis, [1, 1000]);
  assert.deepEqual(axes.grow([{ y: [1e36] }]), []);
});

test("rows without a number move no axis", () => {
  const axes = new Axes({ yaxis: { range: [0, 1] } }, { yaxis: {} });
  assert.deepEqual(axes.grow([{ y: [NaN, 0.5, NaN] }]), []);
});

test("Plotly is told powers on a log axis, numbers on a linear one, which then starts at 0", () => {
  const axes = new Axes({ yaxis: { type: "log", range: [1, 3] } }, { yaxis: {} });
  const log = axes.layout("yaxis", true);
  log["yaxis.range"].forEach((power, i) => assert.ok(Math.abs(power - [1, 3][i]) < 1e-12));
  assert.equal(log["yaxis.dtick"], "D2"); // two decades are labelled at 2 and 5, too
  assert.deepEqual(axes.layout("yaxis", false), { "yaxis.range": [0, 1000], "yaxis.tickmode": "auto", "yaxis.dtick": null, "yaxis.tickformat": "" });
  axes.grow([{ y: [1e5] }]);
  assert.equal(axes.layout("yaxis", true)["yaxis.dtick"], 1); // powers of ten only
});

test("a loss of exactly 0 has no place on a log axis and leaves it as it is", () => {
  const axes = new Axes({ yaxis: { type: "log", range: [-1, 3] } }, { yaxis: {} });
  assert.deepEqual(axes.grow([{ y: [0, 5] }]), []);
  assert.deepEqual(axes.grow([{ y: [0, 5e4] }]), ["yaxis"]);
  axes.layout("yaxis", true)["yaxis.range"].forEach((power, i) => assert.ok(Math.abs(power - [-1, 5][i]) < 1e-9));
});

test("a standing curve asks for room up to its limit, a line and what is hidden for none", () => {
  const trace = { visible: true, x: [3, 1, 2], y: [5, NaN, 1e30] };
  assert.deepEqual(roomOf({ trace }), { x: [1, 3], y: [5, 1e30] });
  assert.deepEqual(roomOf({ trace, most: 100 }), { x: [1, 3], y: [5, 5] });
  assert.deepEqual(roomOf({ trace, most: 1 }), { x: [1, 3], y: [] });
  assert.deepEqual([roomOf({ trace, slope: "slope" }), roomOf({ trace: { ...trace, visible: false } })], [{}, {}]);
});

test("the labels of a log axis have one size: numbers in full, or powers only, at most nine", () => {
  for (const [low, high] of [[1, 2], [0.5, 300], [1, 999], [1, 1000], [1e-3, 1e6], [2, 9e34]]) {
    const axes = new Axes({ yaxis: { type: "log", range: [Math.log10(low), Math.log10(high)] } }, { yaxis: {} });
    const { "yaxis.dtick": dtick, "yaxis.tickformat": format, "yaxis.tickmode": mode } = axes.layout("yaxis", true);
    assert.equal(mode, "linear");
    if (dtick === "D2") assert.match(format, /^,\.\d~g$/);
    else assert.ok(Number.isInteger(dtick) && Math.log10(high / low) / dtick <= 8 && format === "");
  }
});

test("on a projector powers are numbers in full, too, as exponents would be small", () => {
  const axis = { tickformat: ",.6~g" };
  const axes = new Axes({ xaxis: { range: [0, 9], ...axis }, yaxis: { type: "log", range: [0, 9], ...axis } }, { xaxis: {}, yaxis: {} });
  for (const log of [true, false]) assert.equal(axes.layout("yaxis", log)["yaxis.tickformat"], ",.6~g");
});
