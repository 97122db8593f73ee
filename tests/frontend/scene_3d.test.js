// A line cut at the box of a scene, compared with very many points of the line.

import assert from "node:assert/strict";
import test from "node:test";

import { within } from "../../thermofit/stage/frontend/scene_3d.js";
import { random, whole } from "./helpers.js";

const AXES = ["x", "y", "z"];
const scene = {
  xaxis: { range: [-1, 2] }, yaxis: { range: [0, 3] }, zaxis: { range: [-2, 1], type: "log" }, // z from 0.01 to 10
};
const box = AXES.map((axis) => scene[`${axis}axis`].range);

/** As the scene draws them: z by its power of ten. */
const placed = ({ x, y, z }) => x.map((_, i) => (x[i] === null ? null : [x[i], y[i], Math.log10(z[i])]));
const inside = (point, margin) => point.every((value, i) => value >= box[i][0] - margin && value <= box[i][1] + margin);

/** The pieces between gaps, each as pairs of neighbours. */
function segments(points) {
  const pairs = points.slice(1).map((point, i) => [points[i], point]);
  return pairs.filter(([p, q]) => p && q);
}

function distance(point, [p, q]) {
  const along = p.map((value, i) => q[i] - value);
  const size = along.reduce((sum, value) => sum + value * value, 0);
  const dot = along.reduce((sum, value, i) => sum + value * (point[i] - p[i]), 0);
  const t = size ? Math.min(Math.max(dot / size, 0), 1) : 0;
  return Math.hypot(...p.map((value, i) => value + t * along[i] - point[i]));
}

const near = (point, pieces) => pieces.some((piece) => distance(point, piece) < 1e-6);
const between = (p, q, t) => p.map((value, i) => value + t * (q[i] - value));

test("exactly what lies in the box is drawn of every part that begins or ends there", () => {
  for (let seed = 0; seed < 60; seed++) {
    const next = random(seed);
    const points = Array.from({ length: whole(next, 2, 12) }, () => [6 * next() - 2.5, 6 * next() - 1.5, 6 * next() - 3.5]);
    const line = Object.fromEntries(AXES.map((axis, i) => [axis, points.map((point) => (i === 2 ? 10 ** point[i] : point[i]))]));
    const drawn = segments(placed(within(line, scene)));
    const original = segments(points).filter((ends) => ends.some((end) => inside(end, 0)));
    for (const [p, q] of original) {
      for (let i = 0; i <= 60; i++) {
        const point = between(p, q, i / 60);
        if (inside(point, -1e-9)) assert.ok(near(point, drawn), "a part in the box is missing");
      }
    }
    for (const [p, q] of drawn) {
      for (const point of [p, between(p, q, 0.5), q]) assert.ok(inside(point, 1e-9) && near(point, original));
    }
  }
});

test("a line within the box stays as it is, to the last digit", () => {
  const line = { x: [0, 0.1, 1.9], y: [0.3, 2.7, 1], z: [0.02, 9, 0.3] };
  assert.deepEqual(within(line, scene), line);
});

test("a line outside is one gap; a single point is drawn if it lies in the box", () => {
  const gap = { x: [null], y: [null], z: [null] };
  assert.deepEqual(within({ x: [5, 9], y: [1, 1], z: [1, 1] }, scene), gap);
  assert.deepEqual(within({ x: [5], y: [1], z: [1] }, scene), gap);
  assert.deepEqual(within({ x: [1], y: [1], z: [1] }, scene), { x: [1], y: [1], z: [1] });
  assert.deepEqual(within({ x: [1, NaN], y: [1, 1], z: [1, 1] }, scene), gap);
});

test("a name stands at the last place that is drawn", () => {
  const scene = { xaxis: { range: [0, 10] }, yaxis: { range: [0, 10] }, zaxis: { range: [0, 10] } };
  const { x, text } = within({ x: [1, 5, 30], y: [1, 5, 5], z: [1, 5, 5] }, scene, "Slow");
  assert.deepEqual([x.at(-1), text], [10, ["", "", "Slow"]]);
  assert.equal(within({ x: [1, 2], y: [1, 2], z: [1, 2] }, scene).text, undefined);
});
