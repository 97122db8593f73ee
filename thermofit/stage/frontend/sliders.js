// Fit by hand: for each parameter of the start a slider, and a field to type a number in. The picture follows both.

import { keyed } from "./grips.js";
import { LONG_REST, REST } from "./hand.js";
import { tr } from "./words.js";

const LARGER = 10; // times a notch with Shift

export class Sliders {
  constructor(box, hand) {
    Object.assign(this, { box, hand, controls: [] });
  }

  /** A scene is shown: `part` says what lines there are, and whether it wants the controls. */
  show(part) {
    const wanted = part?.controls ? ["w", "b"] : [];
    if (wanted.length !== this.controls.length) {
      this.controls = wanted.map((name) => this.#made(name));
      this.box.replaceChildren(...this.controls.map(({ row }) => row));
      this.box.hidden = !wanted.length;
    }
    for (const { name, slider, field, text } of part ? this.controls : []) {
      const { low, high, notch, least, most, label } = part[name];
      Object.assign(slider, { min: low, max: high, step: notch });
      Object.assign(field, { min: least, max: most });
      text.textContent = label;
      [slider, field].forEach((input) => input.setAttribute("aria-label", label));
    }
    this.place();
  }

  /** Show the start that is held, or that of the run; a number that is being typed stays as it is. */
  place() {
    const chosen = this.controls.length ? this.hand.chosen : null;
    for (const { name, slider, field } of chosen ? this.controls : []) {
      const value = String(Number(chosen[name].toPrecision(6)));
      if (slider.value !== value) slider.value = value;
      if (field.value !== value && this.typing !== field) field.value = value;
    }
  }

  #made(name) {
    const row = document.createElement("div");
    row.className = "tf-start";
    row.innerHTML = '<span aria-hidden="true"></span><input type="range"><input type="number" step="any" inputmode="text">';
    const [slider, field] = row.querySelectorAll("input");
    const control = { name, row, slider, field, text: row.querySelector("span") };
    slider.addEventListener("input", () => !this.cancelled && this.#hold(name, Number(slider.value)));
    slider.addEventListener("pointerdown", () => { this.cancelled = false; });
    slider.addEventListener("change", () => this.#done());
    field.addEventListener("input", () => this.#type(control));
    field.addEventListener("change", () => this.#done());
    for (const input of [slider, field]) {
      input.addEventListener("keydown", (event) => this.#key(event, control, input));
      input.addEventListener("keyup", ({ key }) => key.startsWith("Arrow") && this.hand.rest(REST));
      input.addEventListener("blur", () => this.#done());
    }
    return control;
  }

  /** The start with another w or b; `zoom` is that of Hand.hold. */
  #hold(name, value, zoom = 1) {
    const { w, b } = { ...this.hand.chosen, [name]: value };
    this.hand.hold(w, { x: 0, y: b }, zoom);
  }

  #type({ name, field }) {
    this.typing = field;
    const { least, most, label } = this.hand.part[name];
    const value = field.value === "" ? NaN : Number(field.value);
    const allowed = value >= least && value <= most;
    field.setAttribute("aria-invalid", String(!allowed));
    if (allowed) this.#hold(name, value, 0);
    else this.hand.refuse(tr("{label}: from {least} to {most} is allowed.", { label, least, most }));
  }

  #key(event, { name, slider }, input) {
    if (event.key === "Escape") return this.#cancel();
    const upright = input.type === "number" && !/^(Arrow(Up|Down)|Page)/.test(event.key);
    const step = upright ? null : keyed(event.key, "y", { y: [0, Number(slider.step)] }, event.shiftKey ? LARGER : 1);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.typing = null;
    this.#hold(name, this.hand.chosen[name] + step.y);
    this.hand.rest(LONG_REST);
  }

  #cancel() {
    this.cancelled = true; // until a slider that is being dragged is taken again
    this.hand.cancel();
    this.#done();
  }

  #done() {
    this.typing = null;
    this.controls.forEach(({ field }) => field.removeAttribute("aria-invalid"));
    if (this.hand.refusal) this.hand.refuse("");
    this.hand.drop();
    this.place();
  }
}
