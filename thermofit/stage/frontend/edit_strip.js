// The line above a fit whose points are edited: the closed form's numbers, and two buttons.

import { written } from "./numbers.js";
import { tr } from "./words.js";

const STRIP = `<span data-part="numbers"></span>
  <button type="button" data-part="add"></button><button type="button" data-part="remove"></button>
  <span class="tf-unseen" role="status" data-part="said"></span>`;

/** The numbers of the closed form as one line. */
export function told({ slope, intercept, r2, condition, rate }) {
  const number = (value, digits) => (value === null ? "–" : written(value, digits));
  return tr(
    "Closed form: slope {slope}, intercept {intercept} · R² {r2} · condition number {condition} · stable below {rate}",
    {
      slope: number(slope, 4), intercept: number(intercept, 4), r2: number(r2, 3), condition: number(condition, 3), rate: number(rate, 3),
    },
  );
}

export class EditStrip {
  constructor(onAdd, onRemove) {
    this.box = Object.assign(document.createElement("div"), { className: "tf-edit", hidden: true, innerHTML: STRIP });
    [this.numbers, this.add, this.remove, this.said] = this.box.children;
    Object.assign(this.add, { textContent: tr("Add point"), onclick: onAdd });
    this.remove.onclick = onRemove;
  }

  /** Show these numbers, and which point (from 0 on; -1: none yet) the button removes. */
  tell(numbers, row) {
    put(this.numbers, told(numbers));
    put(this.remove, row < 0 ? tr("Remove point") : tr("Remove point {number}", { number: row + 1 }));
  }

  /** Tell it to whoever listens. */
  say(text) {
    this.said.textContent = text;
  }
}

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};
