import assert from "node:assert/strict";
import test from "node:test";

import { PageChange } from "../../thermofit/stage/frontend/page_change.js";

test("a page change is under way until the server answers, or two seconds at most", () => {
  let now = 1000;
  const change = new PageChange(() => now);
  assert.equal(change.isUnderWay, false);
  change.onClick({ target: { closest: () => null } }); // no link
  assert.equal(change.isUnderWay, false);
  change.onClick({ target: { closest: () => ({}) } });
  assert.equal(change.isUnderWay, true);
  change.end();
  assert.equal(change.isUnderWay, false);
  change.onHistory();
  now += 1999;
  assert.equal(change.isUnderWay, true);
  now += 2;
  assert.equal(change.isUnderWay, false);
});
