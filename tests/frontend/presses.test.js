import assert from "node:assert/strict";
import test from "node:test";

import { Presses } from "../../thermofit/stage/frontend/presses.js";

test("what is pressed meanwhile waits, and is done in order, as far as it can be", () => {
  let held = false;
  const done = [];
  const presses = new Presses(() => held);
  presses.press(() => done.push("at once"));
  held = true;
  presses.press(() => { done.push("first"); });
  presses.press(() => { done.push("second"); held = true; }); // such as Reset, which asks for another run
  presses.press(() => done.push("third"));
  presses.act();
  assert.deepEqual(done, ["at once"]);
  held = false;
  presses.act();
  assert.deepEqual(done, ["at once", "first", "second"]);
  held = false;
  presses.act();
  assert.deepEqual(done, ["at once", "first", "second", "third"]);
});

test("the button shows what was pressed until it is done", () => {
  let held = true;
  const presses = new Presses(() => held);
  presses.plays = true;
  presses.press(() => {});
  assert.equal(presses.plays, true);
  held = false;
  presses.act();
  assert.equal(presses.plays, null);
});
