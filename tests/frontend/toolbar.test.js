import assert from "node:assert/strict";
import test from "node:test";

import { Toolbar, dim, isOn } from "../../thermofit/stage/frontend/toolbar.js";

/** A bar with buttons of these names, and what its listeners are told. */
function bar(...names) {
  const listeners = {};
  const page = { focused: null };
  const buttons = names.map((name) => ({
    name, hidden: false, offsetParent: {}, tabIndex: 0,
    focus() { page.focused = this; listeners.focusin({ target: this }); },
  }));
  const toolbar = new Toolbar({ querySelectorAll: () => buttons, addEventListener: (event, call) => { listeners[event] = call; } });
  const key = (name, more = {}) => {
    const event = { key: name, target: page.focused, taken: false, preventDefault() { this.taken = true; }, stopPropagation() {}, ...more };
    listeners.keydown(event);
    return event.taken;
  };
  const click = (button) => { listeners.pointerdown({}); button.focus(); listeners.pointerup({}); };
  return { toolbar, buttons, page, key, click, stops: () => buttons.filter(({ tabIndex }) => tabIndex === 0).map(({ name }) => name) };
}

test("it is one stop of the Tab key, first at Play and then where the focus was last", () => {
  const made = bar("play", "reset", "step");
  assert.deepEqual(made.stops(), ["play"]);
  made.buttons[2].focus();
  assert.deepEqual(made.stops(), ["step"]);
});

test("arrows move from button to button and around, past those that are not seen", () => {
  const made = bar("play", "reset", "pin", "step");
  made.buttons[2].hidden = true;
  made.buttons[0].focus();
  const seen = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"].map((name) => {
    assert.ok(made.key(name));
    return made.page.focused.name;
  });
  assert.deepEqual(seen, ["reset", "step", "play", "step", "play", "step"]);
});

test("after a click the left and right arrow are steps of the run, until the bar is reached by a key again", () => {
  const made = bar("play", "reset");
  made.click(made.buttons[0]);
  assert.equal(made.key("ArrowRight"), false);
  assert.equal(made.page.focused.name, "play");
  assert.equal(made.key("ArrowDown"), true);
  assert.equal(made.key("ArrowRight"), true);
});

test("other keys, and arrows with a modifier, are not taken", () => {
  const made = bar("play", "reset");
  made.buttons[0].focus();
  for (const [name, more] of [["Home"], [" "], ["Enter"], ["ArrowRight", { ctrlKey: true }]]) assert.equal(made.key(name, more), false);
});

test("a stop that is hidden gives way to the first button", () => {
  const made = bar("play", "pin");
  made.buttons[1].focus();
  made.buttons[1].hidden = true;
  made.toolbar.settle();
  assert.deepEqual(made.stops(), ["play"]);
});

test("a dimmed button says so and is not disabled, so that it keeps the focus", () => {
  const attributes = new Map();
  const button = { getAttribute: (name) => attributes.get(name) ?? null, setAttribute: (name, value) => attributes.set(name, value) };
  assert.equal(isOn(button), true);
  dim(button, true);
  assert.deepEqual([isOn(button), [...attributes]], [false, [["aria-disabled", "true"]]]);
  dim(button, false);
  assert.equal(isOn(button), true);
});
