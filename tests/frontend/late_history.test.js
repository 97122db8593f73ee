import assert from "node:assert/strict";
import test from "node:test";

import { LateHistory } from "../../thermofit/stage/frontend/late_history.js";

/** As much of a window as has a history: what is pushed, and `fire(name, event)`. */
function browser() {
  const listeners = {};
  const pushed = [];
  const replaced = [];
  const history = {
    pushState(state, title, url) { pushed.push(url); },
    replaceState(state, title, url) { replaced.push(url); },
  };
  const addEventListener = (name, listener) => (listeners[name] ??= []).push(listener);
  const window = { history, addEventListener };
  assert.equal(LateHistory.of(window), LateHistory.of(window));
  return { history, pushed, replaced, fire: (name, event = {}) => (listeners[name] ?? []).forEach((listener) => listener(event)) };
}

test("what is pushed by a press is an entry", () => {
  const { history, pushed, fire } = browser();
  history.pushState({}, "", "/lesson");
  fire("pointerdown", { button: 0 });
  history.pushState({}, "", "/landscape");
  assert.deepEqual(pushed, ["/lesson", "/landscape"]);
});

test("an answer that comes after going back makes no entry, the next press does", () => {
  for (const [name, event] of [["pointerdown", { button: 0 }], ["keydown", { key: "Enter" }], ["click", { button: 0 }]]) {
    const { history, pushed, fire } = browser();
    fire("popstate");
    history.pushState({}, "", "/late");
    fire("popstate");
    history.pushState({}, "", "/later");
    assert.deepEqual(pushed, []);
    fire(name, event);
    history.pushState({}, "", "/lesson");
    assert.deepEqual(pushed, ["/lesson"]);
  }
});

test("an answer that comes after going back puts no other address over the one that was gone to", () => {
  const { history, replaced, fire } = browser();
  history.replaceState({}, "", "/lesson?chapter=loss");
  fire("popstate");
  history.replaceState({}, "", "/late");
  fire("pointerdown", { button: 0 });
  history.replaceState({}, "", "/lesson?chapter=loop");
  assert.deepEqual(replaced, ["/lesson?chapter=loss", "/lesson?chapter=loop"]);
});

test("going back again by key or by a mouse's own button is no press on the page", () => {
  const { history, pushed, fire } = browser();
  fire("popstate");
  fire("keydown", { key: "Alt", altKey: true });
  fire("keydown", { key: "ArrowLeft", altKey: true });
  fire("keydown", { key: "[", metaKey: true });
  fire("keydown", { key: "Meta" });
  fire("pointerdown", { button: 3 });
  history.pushState({}, "", "/late");
  assert.deepEqual(pushed, []);
});
