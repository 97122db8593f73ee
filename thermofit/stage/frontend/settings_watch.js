// Whether the page shows a setting that the server has not answered yet: a field somebody is typing in, a slider
// being dragged, a choice just made. It listens to the page's settings and tells the stage, which waits meanwhile.

const SETTINGS = '[class*="st-key-settings"]'; // the containers that hold them
const OPTION = '[role="option"]'; // a menu's list is drawn elsewhere in the page
const TYPED = 'input:is([type="text"], [type="number"]):not([role="combobox"])';
const SILENT = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock"]);
const PAUSE = 2; // frames at least until Streamlit has sent what was touched
const LONGEST = 60; // frames to wait for the page at most

/** Whether the page is drawn. A question that is asked while the server draws it would cross that. */
const isPageDrawn = () => document.querySelector?.('[data-testid="stApp"]')?.dataset.testScriptState !== "running";

/** Calls when the browser has nothing else to do, or after a second: by then Streamlit has sent what was touched. */
const whenIdle = (call) => {
  if (globalThis.requestIdleCallback) requestIdleCallback(call, { timeout: 1000 });
  else setTimeout(call, 100);
};

export class SettingsWatch {
  constructor(onChange, idle = whenIdle) {
    Object.assign(this, { onChange, idle, rested: true, pressed: false, field: null, touches: 0, frames: 0, asked: 0, seq: -1, answered: 0 });
    this.handlers = {
      pointerdown: ({ target }) => this.#within(target) && this.#touch({ pressed: true }),
      pointerup: () => this.pressed && this.#touch({ pressed: false }),
      pointercancel: () => this.pressed && this.#touch({ pressed: false }),
      click: ({ target }) => this.#within(target) && this.#touch(),
      focusin: ({ target }) => this.#isField(target) && (this.before = target.value),
      input: ({ target }) => this.#within(target) && this.#touch({ field: this.#unsent(target) }),
      keydown: (event) => this.#within(event.target) && !SILENT.has(event.key) && this.#key(event),
      focusout: ({ target }) => target === this.field && this.#touch({ field: null }),
    };
  }

  attach() {
    for (const [name, handler] of Object.entries(this.handlers)) document.addEventListener(name, handler, true);
  }

  detach() {
    for (const [name, handler] of Object.entries(this.handlers)) document.removeEventListener(name, handler, true);
  }

  /** Whether it is not known which run the settings on the page belong to. */
  get unsettled() {
    return this.pressed || this.typing || this.answered < this.touches;
  }

  /** Whether a field holds text that nobody has sent yet. */
  get typing() {
    return Boolean(this.field?.isConnected);
  }

  /** Send what was typed, as leaving the field does: on touch screens a button does not take the focus away. */
  commit() {
    if (this.typing) this.field.blur();
  }

  /** Once per frame: whether it is time to ask the server, whose answer will tell what the settings mean. */
  isDue() {
    if (this.pressed || this.typing || this.asked === this.touches) return false;
    this.frames++;
    return this.rested && this.frames > PAUSE && (isPageDrawn() || this.frames > LONGEST);
  }

  sent(seq) {
    Object.assign(this, { asked: this.touches, seq });
  }

  received(seq) {
    if (seq !== this.seq || this.answered === this.asked) return;
    this.answered = this.asked;
    this.onChange();
  }

  /** Whether the question that was asked last, of this number, is ours and got no answer. */
  isLost(seq, inFlight) {
    return seq === this.seq && this.answered < this.asked && !inFlight;
  }

  /** Ask again. */
  lost() {
    this.asked = this.answered;
  }

  #touch(state = {}) {
    const touches = this.touches + 1;
    Object.assign(this, state, { touches, frames: 0, rested: false });
    this.idle(() => { this.rested ||= touches === this.touches; });
    this.onChange();
  }

  #key({ key, target }) {
    if (key !== "Enter") return this.#touch();
    this.before = target.value;
    return this.#touch({ field: null });
  }

  #unsent(target) {
    return this.#isField(target) && target.value !== this.before ? target : null;
  }

  #isField(target) {
    return target.matches?.(TYPED) && this.#within(target);
  }

  #within(target) {
    return Boolean(target.closest?.(`${SETTINGS}, ${OPTION}`));
  }
}
