// Which of two runs is the later one, and whether one session knows both.

import assert from "node:assert/strict";
import test from "node:test";

import { isOtherSession, isOvertaken } from "../../thermofit/stage/frontend/run_id.js";

test("a run with a lower number has been overtaken by one of the same session", () => {
  assert.ok(isOvertaken("3fa8-9", "3fa8-10"));
  assert.ok(!isOvertaken("3fa8-10", "3fa8-10"));
  assert.ok(!isOvertaken("3fa8-11", "3fa8-10"));
});

test("runs of different sessions have no order", () => {
  assert.ok(isOtherSession("3fa8-1", "77c2-50") && !isOvertaken("3fa8-1", "77c2-50"));
  assert.ok(!isOtherSession("3fa8-1", "3fa8-50"));
});
