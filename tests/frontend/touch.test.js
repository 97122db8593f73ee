import assert from "node:assert/strict";
import test from "node:test";

import { tapsOnly, turned } from "../../thermofit/stage/frontend/touch.js";

test("Plotly hears of no touch, only of what the browser makes of a tap", () => {
  const box = new EventTarget();
  let heard = 0;
  tapsOnly(box);
  for (const event of ["touchstart", "touchmove", "touchend", "mousedown"]) {
    const sent = new Event(event);
    sent.stopPropagation = () => { heard++; };
    box.dispatchEvent(sent);
  }
  assert.equal(heard, 3);
});

test("a scene turns about its upright axis, and back again", () => {
  const eye = { x: 0.7, y: -1.9, z: 1.15 };
  const right = turned(eye, 150); // a quarter
  assert.ok(Math.abs(right.x - eye.y) < 1e-12 && Math.abs(right.y + eye.x) < 1e-12);
  assert.equal(right.z, eye.z);
  const back = turned(right, -150);
  assert.ok(Math.abs(back.x - eye.x) < 1e-12 && Math.abs(back.y - eye.y) < 1e-12);
});
