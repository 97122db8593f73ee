// Where the handles of a line and of a point stand, and which line there is when they are moved.

import assert from "node:assert/strict";
import test from "node:test";

import { GRIPS, drawn, ends, inside, keyed, slopeOf } from "../../thermofit/stage/frontend/grips.js";
import { random } from "./helpers.js";

const BOX = { x: [20, 80], y: [-5, 35] };
const VIEWS = [{ factor: 1, offset: 0 }, { factor: 0.1, offset: 0 }, { factor: 0.06, offset: -3.2 }];

const near = (value, expected, what = "") => assert.ok(
  Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what} ${value} is not ${expected}`);

/** The line that `to` describes: weight, and a point it goes through in the units of w's inputs. */
const lineOf = ({ w, through }) => ({ w, b: through.y - w * through.x });

/** Lines of all kinds, whose ends are within the box or beyond it. */
function* lines(view, count = 400) {
  const next = random(7);
  for (let i = 0; i < count; i++) {
    const [slope, at] = [(next() - 0.5) * 10 ** (3 * next() - 1), { x: 20 + 60 * next(), y: -5 + 40 * next() }];
    const w = slope / view.factor;
    yield { w, b: at.y - slope * at.x - view.offset * w };
  }
}

test("the ends stand on the line, at the edges of what is seen", () => {
  for (const view of VIEWS) {
    for (const line of lines(view)) {
      const { x: slope, y: intercept } = drawn(view, line);
      const { left, right } = ends(slope, intercept, BOX);
      assert.ok(left.x < right.x);
      for (const end of [left, right]) {
        near(end.y, slope * end.x + intercept);
        assert.deepEqual(inside(end, BOX), end);
        assert.ok(BOX.x.includes(end.x) || BOX.y.includes(end.y));
      }
    }
  }
});

test("a line that passes by can be taken at the edge", () => {
  for (const [slope, intercept, edge] of [[0, 900, 35], [0.5, 900, 35], [-0.5, -900, -5], [1e20, -1e30, -5]]) {
    const { left, right } = ends(slope, intercept, BOX);
    assert.deepEqual([left, right].map(({ y }) => y), [edge, edge]);
    assert.ok(left.x < right.x);
  }
});

test("the middle moves the line up and down and leaves its weight alone", () => {
  for (const view of VIEWS) {
    for (const line of lines(view, 50)) {
      const pivot = GRIPS.line.middle.pivot(line, view, BOX);
      const moved = lineOf(GRIPS.line.middle.to({ x: -999, y: 12 }, { view, line, pivot }));
      assert.equal(moved.w, line.w);
      const { x: slope, y: intercept } = drawn(view, moved);
      near(slope * pivot.x + intercept, 12);
    }
  }
});

test("an end goes where it is put, and the other end stays", () => {
  const places = { left: { x: 31, y: 30 }, right: { x: 69, y: -2 } };
  for (const view of VIEWS) {
    for (const name of ["left", "right"]) {
      for (const line of lines(view, 50)) {
        const grip = GRIPS.line[name];
        const pivot = grip.pivot(line, view, BOX);
        if (Math.abs(pivot.x - places[name].x) < 5) continue;
        if ((places[name].x < pivot.x) !== (name === "left")) continue;
        const { x: slope, y: intercept } = drawn(view, lineOf(grip.to(places[name], { view, box: BOX, line, pivot })));
        near(slope * pivot.x + intercept, pivot.y, "pivot");
        near(slope * places[name].x + intercept, places[name].y, "end");
      }
    }
  }
});

test("an end never passes the other one", () => {
  const pivot = { x: 50, y: 10 };
  near(slopeOf(pivot, { x: 80, y: 25 }, 1, BOX), 0.5);
  for (const x of [50, 20, 52]) near(slopeOf(pivot, { x, y: 13 }, 1, BOX), 1);
  for (const x of [50, 80, 48]) near(slopeOf(pivot, { x, y: 13 }, -1, BOX), -1);
});

test("while an end is moved it is under the pointer, on the line, and the other one at its pivot", () => {
  const [view, line] = [VIEWS[1], { w: 5, b: -15 }];
  const pivot = GRIPS.line.right.pivot(line, view, BOX);
  const at = { x: 60, y: 0 };
  const taken = { name: "right", view, pivot, at };
  const moved = lineOf(GRIPS.line.right.to(at, { view, box: BOX, line, pivot }));
  const stands = Object.fromEntries(["left", "middle", "right"].map((name) => [name, GRIPS.line[name].held(name, taken, moved, BOX)]));
  for (const axis of ["x", "y"]) {
    near(stands.right[axis], at[axis]);
    near(stands.left[axis], pivot[axis]);
  }
});

test("the point of the landscape is put where it is drawn, in both units", () => {
  for (const view of VIEWS) {
    const moved = lineOf(GRIPS.point.point.to({ x: 0.7, y: -12 }, { view }));
    near(drawn(view, moved).x, 0.7);
    near(drawn(view, moved).y, -12);
    assert.deepEqual(GRIPS.point.point.place({ w: 1e9, b: -1e9 }, { factor: 1, offset: 0 }, BOX), { x: 80, y: -5 });
  }
});

test("keys move along the axes of a handle; no other key does", () => {
  assert.deepEqual(keyed("ArrowLeft", "both", BOX, 0.1), { x: -6, y: 0 });
  assert.deepEqual(keyed("ArrowUp", "both", BOX, 0.1), { x: 0, y: 4 });
  for (const key of ["ArrowRight", "ArrowUp"]) assert.deepEqual(keyed(key, "y", BOX, 0.1), { x: 0, y: 4 });
  assert.deepEqual(keyed("PageDown", "y", BOX, 0.1), { x: 0, y: -40 });
  assert.equal(keyed("a", "y", BOX, 0.1), null);
});
