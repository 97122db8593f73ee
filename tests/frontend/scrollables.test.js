import assert from "node:assert/strict";
import test from "node:test";

import { reach } from "../../thermofit/stage/frontend/scrollables.js";

/** A box of this width around something as wide as told. */
function box(clientWidth, scrollWidth) {
  const attributes = new Set();
  return {
    clientWidth, scrollWidth, tabIndex: -1,
    hasAttribute: (name) => attributes.has(name),
    toggleAttribute: (name, on) => attributes[on ? "add" : "delete"](name),
    removeAttribute() { this.tabIndex = -1; },
  };
}

test("what scrolls can have the focus, and only as long as it scrolls", () => {
  const [narrow, wide] = [box(300, 300), box(300, 420)];
  const root = { querySelectorAll: () => [narrow, wide] };
  reach(root);
  assert.deepEqual([narrow.tabIndex, wide.tabIndex], [-1, 0]);
  wide.clientWidth = 500; // the window was made wider
  reach(root);
  assert.deepEqual([narrow.tabIndex, wide.tabIndex], [-1, -1]);
});
