import assert from "node:assert/strict";
import test from "node:test";

import { fit, keepToOneLine, wraps } from "../../thermofit/stage/frontend/one_line.js";

const at = (offsetTop, offsetHeight = 40, offsetParent = {}) => ({ offsetTop, offsetHeight, offsetParent });

test("what stands on one line does not wrap, however high each is", () => {
  assert.equal(wraps([at(0, 52), at(6), at(4, 44)]), false);
  assert.equal(wraps([at(0, 52), at(6), at(60)]), true);
  assert.equal(wraps([at(0, 52), at(600, 40, null)]), false); // it is hidden
});

/** A bar whose words have no room; its icons have. */
function bar() {
  const names = new Set();
  const classList = { remove: (name) => names.delete(name), toggle: (name, on) => (on ? names.add(name) : names.delete(name)) };
  return { names, classList, width: 900, get children() { return [at(0, 52), at(this.width < 1000 && !names.has("tf-tight") ? 60 : 6)]; } };
}

test("words are left out where they have no room, and come back where they have", () => {
  const narrow = bar();
  fit(narrow);
  assert.ok(narrow.names.has("tf-tight"));
  fit(narrow); // again: it looks at what the words would take
  assert.ok(narrow.names.has("tf-tight"));
  narrow.width = 1200;
  fit(narrow);
  assert.ok(!narrow.names.has("tf-tight"));
});

test("a change of its size is watched", () => {
  let changed;
  const narrow = bar();
  class Observer { constructor(call) { changed = call; } observe(element) { assert.equal(element, narrow); } }
  keepToOneLine(narrow, Observer);
  changed();
  assert.ok(narrow.names.has("tf-tight"));
});
