import assert from "node:assert/strict";
import test from "node:test";

import { Room, above } from "../../thermofit/stage/frontend/room.js";

globalThis.innerHeight = 900;

/** A box of charts that begins `top` px below the window's upper edge, in a page that is scrolled by `scrollTop`. */
function page(top, scrollTop = 0) {
  const told = [];
  const content = { parentElement: { scrollTop } };
  const box = {
    isConnected: true,
    top,
    content,
    getBoundingClientRect: () => ({ top: box.top }),
    closest: (selector) => selector.includes("embedded") ? null : content,
    parentElement: { style: { setProperty: (name, value) => told.push([name, value]) } },
  };
  return { box, told };
}

class Observer {
  constructor(changed) { Object.assign(this, { changed, observed: [] }); Observer.last = this; }
  observe(element) { this.observed.push(element); }
  unobserve() {}
  disconnect() { this.observed = []; }
}

test("the charts are told what stands above them, and again when that has changed", () => {
  const { box, told } = page(345.4);
  new Room(box, Observer);
  const { changed, observed } = Observer.last;
  changed();
  assert.deepEqual(told, [["--above", "345px"]]);
  assert.ok(observed.includes(box.content)); // a banner changes its height
  box.top = 346.2; // a fraction of a pixel is no change
  changed();
  box.top = 401;
  changed();
  assert.deepEqual(told.map(([, value]) => value), ["345px", "401px"]);
});

test("charts that begin further down are as high as usual", () => {
  const { box, told } = page(845);
  new Room(box, Observer);
  Observer.last.changed();
  assert.deepEqual(told, [["--above", ""]]);
});

test("while the page is scrolled, or the stage is nowhere, nothing is measured", () => {
  const { box, told } = page(-200, 545);
  new Room(box, Observer);
  Observer.last.changed();
  assert.deepEqual(told, []);
  assert.equal(above({ ...box, isConnected: false }, { scrollTop: 0 }), null);
});
