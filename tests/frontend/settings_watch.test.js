// The watch on the page's settings, with a page of a few fields.

import assert from "node:assert/strict";
import test from "node:test";

import { SettingsWatch } from "../../thermofit/stage/frontend/settings_watch.js";

/** An element of the page; `within` names the container that it is in. */
function field({ within = "settings", typed = true, value = "" } = {}) {
  return {
    value, isConnected: true, left: 0,
    matches: () => typed,
    closest: (selector) => (selector.includes(`st-key-${within}`) || selector.includes(`"${within}"`) ? {} : null),
    blur() { this.left++; },
  };
}

/** A watch on a page: `tell(event, target, more)` is what the browser would tell its listeners. */
function page() {
  const listeners = new Map();
  globalThis.document = {
    addEventListener: (name, listener) => listeners.set(name, listener),
    removeEventListener: (name, listener) => listeners.get(name) === listener && listeners.delete(name),
  };
  let changes = 0;
  const idle = [];
  const watch = new SettingsWatch(() => changes++, (call) => (busy.now ? idle.push(call) : call()));
  const busy = { now: false, end: () => idle.splice(0).forEach((call) => call()) };
  watch.attach();
  const tell = (name, target, more = {}) => listeners.get(name)?.({ target, ...more });
  return { watch, tell, listeners, busy, changes: () => changes };
}

/** How many pictures pass until the watch wants to ask; 10 where it does not. */
function pictures(watch) {
  for (let picture = 0; picture < 10; picture++) if (watch.isDue()) return picture;
  return 10;
}

test("a click on a setting is asked about after two pictures, and settled by the answer", () => {
  const { watch, tell, changes } = page();
  assert.ok(!watch.unsettled);
  const choice = field({ typed: false });
  tell("pointerdown", choice);
  assert.ok(watch.unsettled);
  assert.equal(pictures(watch), 10); // the finger is still down
  tell("pointerup", choice);
  tell("click", choice);
  assert.equal(pictures(watch), 2);
  watch.sent(5);
  assert.equal(pictures(watch), 10);
  watch.received(4);
  assert.ok(watch.unsettled);
  const before = changes();
  watch.received(5);
  assert.ok(!watch.unsettled);
  assert.equal(changes(), before + 1);
});

test("a choice in a menu counts, which is drawn elsewhere; what is no setting does not", () => {
  const { watch, tell } = page();
  for (const name of ["pointerdown", "click", "input", "keydown", "focusout"]) tell(name, field({ within: "elsewhere" }), { key: "a" });
  assert.ok(!watch.unsettled);
  tell("click", field({ within: "option", typed: false }));
  assert.ok(watch.unsettled);
});

test("typed text is unsettled until it is sent, by Enter or by leaving the field", () => {
  for (const send of ["keydown", "focusout"]) {
    const { watch, tell } = page();
    const rate = field({ value: "0.01" });
    tell("focusin", rate);
    rate.value = "0.1";
    tell("input", rate);
    assert.ok(watch.typing);
    assert.equal(pictures(watch), 10);
    watch.commit();
    assert.equal(rate.left, 1);
    tell(send, rate, { key: "Enter" });
    assert.ok(!watch.typing && watch.unsettled);
    assert.equal(pictures(watch), 2);
  }
});

test("text that was typed back to what it was is not waited for", () => {
  const { watch, tell } = page();
  const rate = field({ value: "0.01" });
  tell("focusin", rate);
  for (const value of ["0.012", "0.01"]) {
    rate.value = value;
    tell("input", rate);
  }
  assert.ok(!watch.typing);
});

test("a field that Streamlit took away holds nothing that could be sent", () => {
  const { watch, tell } = page();
  const rate = field({ value: "1" });
  tell("input", rate);
  assert.ok(watch.typing);
  rate.isConnected = false;
  assert.ok(!watch.typing);
  watch.commit();
  assert.equal(rate.left, 0);
});

test("keys that change nothing are no touch", () => {
  const { watch, tell } = page();
  for (const key of ["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock"]) tell("keydown", field(), { key });
  assert.ok(!watch.unsettled);
  tell("keydown", field(), { key: "ArrowUp" });
  assert.ok(watch.unsettled);
});

test("a touch while an answer is awaited needs a question of its own", () => {
  const { watch, tell } = page();
  tell("click", field());
  watch.sent(1);
  tell("click", field());
  watch.received(1);
  assert.ok(watch.unsettled);
  assert.equal(pictures(watch), 2);
  watch.sent(2);
  watch.received(2);
  assert.ok(!watch.unsettled);
});

test("a lost question is asked again", () => {
  const { watch, tell } = page();
  tell("click", field());
  pictures(watch);
  watch.sent(3);
  assert.ok(!watch.isLost(3, true));
  assert.ok(!watch.isLost(2, false)); // somebody else's
  assert.ok(watch.isLost(3, false));
  watch.lost();
  assert.ok(watch.isDue());
});

test("a drag that the browser breaks off has ended", () => {
  const { watch, tell } = page();
  tell("pointerdown", field({ typed: false }));
  tell("pointercancel", field({ within: "elsewhere" }));
  assert.equal(pictures(watch), 2);
});

test("a stage without a place does not listen", () => {
  const { watch, listeners } = page();
  assert.ok(listeners.size > 0);
  watch.detach();
  assert.equal(listeners.size, 0);
});

test("while the browser is busy with what was touched, nothing is asked", () => {
  const { watch, tell, busy } = page();
  const rate = field();
  busy.now = true;
  tell("click", rate);
  assert.equal(pictures(watch), 10);
  tell("click", rate);
  busy.end();
  assert.equal(pictures(watch), 2);
});
