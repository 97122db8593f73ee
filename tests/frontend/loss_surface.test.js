// The landscape in the browser against Python's (tests/landscape/record_surfaces.py).

import assert from "node:assert/strict";
import test from "node:test";

import { bands, numbersOf } from "../../thermofit/stage/frontend/contour_bands.js";
import { lossOver, rowsIn, sizeFor, surface } from "../../thermofit/stage/frontend/loss_surface.js";
import { lossOf } from "../../thermofit/stage/frontend/losses.js";
import { random, table } from "./helpers.js";

const EXAMPLES = table("landscape/surface_examples.json");
const NEAR = 1e-5; // as far as the general solver in Python has digits, where the valley is long

const drawn = (name, key, frame) => {
  const [loss, scaling, units] = key.split(" ");
  const { rows, best } = rowsIn(units, EXAMPLES.rows[name], scaling);
  return surface(lossOver(loss, rows, best), best, { ...EXAMPLES.spec, frame });
};

for (const [name, surfaces] of Object.entries(EXAMPLES.surfaces)) {
  test(`${name}: heights and losses are Python's, by every loss, under every scaling, in both units`, () => {
    for (const [key, expected] of Object.entries(surfaces)) {
      const { heights, losses, levels } = drawn(name, key, expected.frame);
      assert.equal(levels.length, expected.losses.length);
      for (const [found, known] of [[heights, expected.heights], [losses, expected.losses]]) {
        assert.equal(found.length, known.length);
        known.forEach((value, i) => {
          assert.ok(Math.abs(found[i] - value) <= NEAR * Math.max(1, Math.abs(value)), `${key}, ${i}: ${found[i]} is not ${value}`);
        });
      }
    }
  });

  test(`${name}: the contours are Python's, pixel by pixel`, () => {
    const [key, { frame, bands: lines }] = Object.entries(surfaces).find(([, { bands: drawnToo }]) => drawnToo);
    const found = bands(drawn(name, key, frame), EXAMPLES.side);
    const expected = lines.join("");
    const wrong = [...found].filter((band, i) => band !== expected.charCodeAt(i) - 97).length;
    assert.ok(wrong <= 0.002 * found.length, `${wrong} of ${found.length}`);
  });
}

test("the mean squared error from its moments is the one from the rows", () => {
  const next = random(2);
  const rows = { inputs: Array.from({ length: 9 }, () => 200 + 5 * next()), targets: Array.from({ length: 9 }, () => 20 * next()) };
  const { best } = rowsIn("original", rows, "none");
  const loss = lossOver("mse", rows, best);
  for (let i = 0; i < 50; i++) {
    const line = { w: 4 * next() - 2, b: 400 * next() - 200 };
    const expected = lossOf("mse", line, rows).loss;
    assert.ok(Math.abs(loss(line.w, line.b) - expected) <= 1e-9 * expected);
  }
});

test("many readings get a coarser grid, with nearly the same contours, unless the loss needs no loop over them", () => {
  const next = random(3);
  const rows = { inputs: Array.from({ length: 200 }, () => 10 * next()), targets: Array.from({ length: 200 }, () => 5 * next()) };
  const { best } = rowsIn("original", rows, "none");
  assert.equal(sizeFor("mse", 200, 80), 80);
  assert.equal(sizeFor("mae", 11, 80), 80);
  for (const name of ["mae", "huber"]) {
    const size = sizeFor(name, 200, 80);
    assert.ok(size >= 30 && size < 80);
    const spec = { ...EXAMPLES.spec, size: 80, frame: { w: [-2, 4], b: [-10, 10] } };
    const [fine, coarse] = [80, size].map((points) => bands(surface(lossOver(name, rows, best), best, spec, points), 200));
    const other = [...fine].filter((band, i) => Math.abs(band - coarse[i]) > 1 && band < 17 && coarse[i] < 17).length;
    assert.ok(other < 0.01 * fine.length, `${name}: ${other}`);
  }
});

test("a loss that is the same everywhere has no contours", () => {
  const flat = surface(() => 3, { slope: 0, intercept: 0 }, { size: 4, levels: 16, shallowest: 1e-8, frame: { w: [0, 1], b: [0, 1] } });
  assert.deepEqual(flat.levels, []);
  assert.deepEqual(new Set(bands(flat, 6)), new Set([0]));
});

test("colours are stored from red to opaque", () => {
  assert.deepEqual([...new Uint8Array(numbersOf(["#0a0b0c"]).buffer)], [10, 11, 12, 255]);
});
