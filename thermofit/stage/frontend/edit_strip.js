// The line above a fit whose points are edited: the closed form's numbers, and two buttons.

import { written } from "./numbers.js";

const STRIP = `<span data-part="numbers"></span>
  <button type="button" data-part="add">Add point</button><button type="button" data-part="remove"></button>
  <span class="tf-unseen" role="status" data-part="said"></span>`;

/** The numbers of the closed form as one line. */
export function told({ slope, intercept, r2, condition, rate }) {
  const number = (value, digits) => (value === null ? "–" : written(value, digits));
  return `Closed form: slope ${number(slope, 4)}, intercept ${number(intercept, 4)} · R² ${number(r2, 3)} · `
    + `condition number ${number(condition, 3)} · stable below ${number(rate, 3)}`;
}

export class EditStrip {
  constructor(onAdd, onRemove) {
    this.box = Object.assign(document.createElement("div"), { className: "tf-edit", hidden: true, innerHTML: STRIP });
    [this.numbers, this.add, this.remove, this.said] = this.box.children;
    this.add.onclick = onAdd;
    this.remove.onclick = onRemove;
  }

  /** Show these numbers, and which point (from 0 on; -1: none yet) the button removes. */
  tell(numbers, row) {
    put(this.numbers, told(numbers));
    put(this.remove, row < 0 ? "Remove point" : `Remove point ${row + 1}`);
  }

  /** Tell it to whoever listens. */
  say(text) {
    this.said.textContent = text;
  }
}

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};
