// The transport bar as a toolbar: its buttons are one stop of the Tab key, and arrows move from one to the next.
// After a click the left and right arrow are steps of the run instead, as everywhere on the stage.

const MOVES = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Have a button say that it does nothing now. It keeps the focus, which a disabled one would lose. */
export function dim(button, off) {
  if (button.getAttribute("aria-disabled") !== String(off)) button.setAttribute("aria-disabled", String(off));
}

/** Whether it does something now. */
export const isOn = (button) => button.getAttribute("aria-disabled") !== "true";

export class Toolbar {
  constructor(bar) {
    Object.assign(this, { bar, pressed: false, roams: true });
    const events = {
      pointerdown: () => { this.pressed = true; this.roams = false; },
      pointerup: () => { this.pressed = false; },
      pointercancel: () => { this.pressed = false; },
      focusin: ({ target }) => this.#focused(target),
      keydown: (event) => this.#key(event),
    };
    for (const [name, listener] of Object.entries(events)) bar.addEventListener(name, listener);
    this.settle();
  }

  get buttons() {
    return [...this.bar.querySelectorAll("button")].filter((button) => !button.hidden && button.offsetParent !== null);
  }

  /** Have one button that can be seen be the stop of the Tab key. */
  settle(stop = this.stop) {
    const all = [...this.bar.querySelectorAll("button")];
    this.stop = stop && !stop.hidden ? stop : all[0];
    for (const button of all) {
      const index = button === this.stop ? 0 : -1;
      if (button.tabIndex !== index) button.tabIndex = index;
    }
  }

  #focused(target) {
    if (!this.pressed) this.roams = true; // by a key
    this.pressed = false;
    if (this.buttons.includes(target)) this.settle(target);
  }

  #key(event) {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const at = this.buttons.indexOf(target);
    const along = key === "ArrowUp" || key === "ArrowDown" || this.roams;
    if (at < 0 || !MOVES[key] || !along || ctrlKey || metaKey || altKey) return;
    event.preventDefault();
    event.stopPropagation(); // no step
    const { length } = this.buttons;
    this.buttons[(at + MOVES[key] + length) % length].focus();
  }
}
