import assert from "node:assert/strict";
import test from "node:test";

import { isForStage } from "../../thermofit/stage/frontend/transport_bar.js";

const KEYS = [" ", "ArrowRight", "ArrowLeft", "Home"];

/** A page with a stage whose Play button stands at `top`, and elements that are or are not in the stage. */
function page(top = 100) {
  const view = { innerHeight: 900 };
  const ownerDocument = { defaultView: view };
  const element = (...kinds) => ({
    ownerDocument, contains: () => kinds.includes("body"), closest: (selector) => selector.split(", ").some((kind) => kinds.includes(kind.replace("[href]", ""))),
  });
  ownerDocument.body = element("body");
  const inside = new Set();
  const play = { ownerDocument, getBoundingClientRect: () => ({ top, bottom: top + 52 }) };
  const box = { contains: (target) => inside.has(target), querySelector: () => play };
  const within = (...kinds) => { const made = element(...kinds); inside.add(made); return made; };
  return { box, body: ownerDocument.body, element, within };
}

const taken = ({ box }, target) => KEYS.filter((key) => isForStage(key, target, box));

test("with nothing in focus all keys are the stage's, as long as it is seen", () => {
  const seen = page();
  assert.deepEqual(taken(seen, seen.body), KEYS); // as of any element around the stage
  for (const top of [-60, 900, 2000]) {
    const scrolled = page(top);
    assert.deepEqual(taken(scrolled, scrolled.body), []);
  }
});

test("what else has the focus on the page keeps all its keys", () => {
  const there = page();
  for (const kind of ["summary", "a", "button", "input", "textarea", "div"]) {
    assert.deepEqual(taken(there, there.element(kind)), [], kind);
  }
});

test("after a click on a button of the stage arrows and Home go on working, and the space bar presses the button", () => {
  const there = page();
  for (const kind of ["button", "summary"]) assert.deepEqual(taken(there, there.within(kind)), KEYS.slice(1), kind);
  assert.deepEqual(taken(there, there.within("div")), KEYS);
});

test("a slider, a field and a handle of the stage keep all their keys", () => {
  const there = page();
  for (const kind of ["input", "select", "[role=slider]"]) assert.deepEqual(taken(there, there.within(kind)), [], kind);
});
