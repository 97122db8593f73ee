// What a person presses while it is not known yet which run comes next: it waits, and is meant for that run.

export class Presses {
  /** `isHeld()` tells whether it is not known yet. */
  constructor(isHeld) {
    Object.assign(this, { isHeld, waiting: [], plays: null });
  }

  /** Do it now, or as soon as the run is known. */
  press(action) {
    this.waiting.push(action);
    this.act();
  }

  /** Do what has waited, in order, as far as it can be done. */
  act() {
    while (this.waiting.length && !this.isHeld()) this.waiting.shift()();
    if (!this.waiting.length) this.plays = null;
  }
}
