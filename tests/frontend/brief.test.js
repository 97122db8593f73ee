import assert from "node:assert/strict";
import test from "node:test";

import { Brief } from "../../thermofit/stage/frontend/brief.js";

test("a brief text ends after a while, or when something is pressed, and a later one has its own while", () => {
  const timers = [];
  let changes = 0;
  const brief = new Brief(() => { changes++; }, (call) => timers.push(call));
  brief.say("one");
  assert.equal(brief.text, "one");
  brief.say("two");
  timers[0]();
  assert.equal(brief.text, "two");
  timers[1]();
  assert.deepEqual([brief.text, changes], ["", 3]);
  brief.say("three");
  brief.end();
  assert.equal(brief.text, "");
});
