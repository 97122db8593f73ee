// A path across a framed plane: every part that starts or ends inside is drawn, no other one, and nothing else is.

import assert from "node:assert/strict";
import test from "node:test";

import { bindings } from "../../thermofit/stage/frontend/bindings.js";
import { framed } from "../../thermofit/stage/frontend/frame.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block, random } from "./helpers.js";

const home = { "xaxis.range": [0, 10], "yaxis.range": [-5, 5] };
const inside = ([x, y]) => x >= 0 && x <= 10 && y >= -5 && y <= 5;

/** The parts of a line that are drawn, each from place to place. */
function parts({ x, y }) {
  const places = x.map((value, i) => [value, y[i]]);
  return places.slice(1).map((place, i) => [places[i], place]).filter((ends) => ends.every(([value]) => value !== null)).map(String);
}

test("a path that stays inside is what it was", () => {
  assert.deepEqual(framed({ x: [1, 2, 3], y: [0, 1, 2] }, home), { x: [1, 2, 3], y: [0, 1, 2] });
  assert.deepEqual(framed({ x: [], y: [] }, home), { x: [], y: [] });
});

for (const seed of [1, 2, 3, 4]) {
  test(`random paths, seed ${seed}`, () => {
    const next = random(seed);
    for (let round = 0; round < 50; round++) {
      const line = { x: [], y: [] };
      for (let i = 0; i < 40; i++) line.x.push(next() * 14 - 2), line.y.push(next() * 14 - 7);
      const places = line.x.map((x, i) => [x, line.y[i]]);
      const expected = places.slice(1).map((place, i) => [places[i], place]).filter((ends) => ends.some(inside)).map(String);
      assert.deepEqual(parts(framed(line, home)), expected);
    }
  });
}

test("a run that explodes leaves the landscape free", () => {
  const tracks = new Tracks();
  tracks.shape(["w", "b"], {});
  tracks.add(block({ w: (epoch) => 5 + (-1.5) ** epoch, b: () => 0 }, 0, 60));
  const [path] = bindings([{ meta: { play: "path", x: "w", y: "b" } }]).moving;
  const drawn = path.place(tracks, 59, { home });
  assert.ok(parts(drawn).length <= 5 && Math.max(...drawn.x) < 20);
  assert.equal(path.place(tracks, 59, {}).x.length, 60);
});
