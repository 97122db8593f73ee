// Somebody who goes back or forward faster than the server answers gets answers for pages that were left again. Each of
// them would push an entry into the browser's history, and what lay ahead would be lost; or it would put the address that
// was left over the one that was gone to. So after going back or forward the history stays as it is until somebody presses
// something on the page: only then can there be anything new to remember.

const MODIFIERS = new Set(["Alt", "Control", "Meta", "Shift"]);

const watches = new WeakMap(); // by window

export class LateHistory {
  /** The one that watches over this window's history, for as long as its page lives. */
  static of(window) {
    if (!watches.has(window)) watches.set(window, new LateHistory(window));
    return watches.get(window);
  }

  constructor(window) {
    const { history } = window;
    this.travelling = false;
    for (const name of ["pushState", "replaceState"]) {
      const write = history[name].bind(history);
      history[name] = (...entry) => { if (!this.travelling) write(...entry); };
    }
    window.addEventListener("popstate", () => { this.travelling = true; }, true);
    for (const name of ["pointerdown", "keydown", "click"]) { // a screen reader may send a click alone
      window.addEventListener(name, (event) => this.#pressed(event), true);
    }
  }

  /** A press on the page, unless it is itself one that goes back or forward: a mouse's fourth button, Alt with an arrow. */
  #pressed({ button = 0, key, altKey, metaKey }) {
    if (button <= 2 && !altKey && !metaKey && !MODIFIERS.has(key)) this.travelling = false;
  }
}
