// The points of the fit as handles: moved with a pointer or by arrow keys, added by a double click or a button, removed by
// Delete or a button. While one moves, the closed form and its numbers follow. edits.js knows what becomes of them.

import { EditStrip, told } from "./edit_strip.js";
import { Edits } from "./edits.js";
import { inside, keyed } from "./grips.js";
import { LONG_REST, REST, rounded } from "./hand.js";
import { fineness, placeAt, ranges } from "./places.js";
import { moved } from "./readings_drawn.js";
import { together, tr } from "./words.js";

const CLICK = 3; // pixels within which a press is no drag
const DOUBLE = 400; // ms in which a second press makes a double one
const NEAR = 12; // pixels that such presses are apart, at most
const STEP = 1 / 400; // share of the picture for a key press
const LARGER = 10; // times that with Shift

export class Points {
  constructor(card, figure, hand) {
    Object.assign(this, { figure, hand, on: false, handles: [], pressed: null, row: -1, wanted: null });
    // When an answer counts, the figure has the new readings, if there are any.
    this.edits = new Edits((words, answer) => hand.stage.wishes.add(words, () => setTimeout(answer)));
    this.edits.onAnswer = (refused) => (refused ? this.#changed() : this.place());
    this.box = Object.assign(document.createElement("div"), { className: "tf-handles", hidden: true });
    this.strip = new EditStrip(() => this.#addInTheMiddle(), () => this.#remove(this.row));
    card.insertBefore(this.strip.box, figure.box);
    card.append(this.box);
    figure.box.addEventListener("pointerdown", (event) => this.#pressPlot(event), true);
  }

  /** Whether points are edited now: then the line has no handles, and a double click adds a point. */
  get isOn() {
    return this.on && Boolean(this.figure.meta?.edit);
  }

  toggle(on) {
    this.on = on;
    if (on) this.#showClosedForm();
    else this.#drop();
    this.show();
    this.figure.handles.place();
  }

  #showClosedForm() {
    const { meta, box } = this.figure;
    const closed = meta.toggles.findIndex(({ traces }) => traces?.join() === meta.edit.traces.closed.join());
    const input = box.parentElement.querySelectorAll(".tf-toggles input")[closed];
    if (!input.checked) input.click();
  }

  /** The figure has changed: it may show other readings, or none that can be edited. */
  show() {
    this.strip.box.hidden = !this.isOn;
    if (!this.isOn) return void (this.box.hidden = true);
    const { edits } = this;
    const kept = edits.held;
    edits.show(this.figure.meta.edit);
    if (this.handles.length !== edits.count) {
      this.handles = edits.inputs.map((_, row) => this.#made(row));
      this.box.replaceChildren(...this.handles);
    }
    if (this.row >= edits.count) this.row = edits.count - 1;
    this.place();
    if (kept) this.#changed();
    else this.strip.tell(this.edits.numbers, this.row);
    if (!this.wanted) return;
    this.handles[Math.min(this.wanted(), edits.count - 1)]?.focus({ preventScroll: true });
    this.wanted = null;
  }

  /** Put the handles where the points are; away while it plays. */
  place() {
    const shows = this.isOn && this.hand.isReady && this.edits.spec === this.figure.meta.edit;
    if (this.box.hidden === shows) this.box.hidden = !shows;
    if (!shows) return;
    const { xaxis, yaxis, height } = this.figure.plot._fullLayout;
    this.handles.forEach((element, row) => {
      const [x, y] = [xaxis.l2p(this.edits.inputs[row]), yaxis.l2p(this.edits.targets[row])];
      element.hidden = !(x >= 0 && x <= xaxis._length && y >= 0 && y <= yaxis._length) && this.edits.held?.row !== row;
      const transform = `translate(${xaxis._offset + x}px, ${yaxis._offset + y - height}px)`;
      if (element.style.transform !== transform) element.style.transform = transform;
      this.#describe(element, row);
    });
  }

  #describe(element, row) {
    const text = this.edits.placeOf(row);
    if (element.getAttribute("aria-valuetext") === text) return;
    element.setAttribute("aria-valuetext", text);
    element.setAttribute("aria-valuenow", this.edits.targets[row]);
  }

  #made(row) {
    const element = document.createElement("div");
    const [number, { reading }] = [row + 1, this.edits.spec.most];
    const title = tr("Point {number}: drag it, or use the arrow keys; Delete removes it", { number });
    Object.assign(element, { className: "tf-handle tf-handle-reading", tabIndex: 0, title });
    const says = { role: "slider", "aria-label": tr("Point {number}", { number }), "aria-valuemin": -reading, "aria-valuemax": reading };
    for (const [attribute, value] of Object.entries(says)) element.setAttribute(attribute, value);
    const ends = () => this.pressed && this.#leave(() => this.edits.cancel());
    const events = {
      pointerdown: (event) => this.#press(event, row),
      pointermove: (event) => this.#drag(event),
      pointerup: () => this.pressed && this.#leave(() => this.#drop()),
      pointercancel: ends,
      lostpointercapture: ends,
      keydown: (event) => this.#key(event, row),
      keyup: () => this.#rest(REST),
      focus: () => { this.row = row; this.strip.tell(this.edits.numbers, this.row); },
      blur: () => !this.pressed && this.#drop(),
    };
    for (const [event, listener] of Object.entries(events)) element.addEventListener(event, listener);
    return element;
  }

  // ---- moving ----

  #press(event, row) {
    if (event.button || this.pressed || !this.edits.mayTake(row)) return;
    event.preventDefault();
    const { currentTarget: element, clientX, clientY, pointerId } = event;
    element.focus({ preventScroll: true });
    element.setPointerCapture(pointerId);
    const { left, top, width, height } = element.getBoundingClientRect();
    const beside = { x: clientX - left - width / 2, y: clientY - top - height / 2 };
    this.pressed = { row, from: { x: clientX, y: clientY }, beside, drags: false };
  }

  #drag({ clientX, clientY, currentTarget, pointerId }) {
    const { pressed } = this;
    if (!pressed || !currentTarget.hasPointerCapture(pointerId)) return;
    if (!pressed.drags && Math.hypot(clientX - pressed.from.x, clientY - pressed.from.y) < CLICK) return;
    pressed.drags = true;
    const { plot } = this.figure;
    const { x, y } = inside(placeAt(plot, clientX - pressed.beside.x, clientY - pressed.beside.y), ranges(plot));
    this.#hold(pressed.row, x, y);
  }

  #leave(act) {
    this.pressed = null;
    act();
    this.#changed();
  }

  #key(event, row) {
    if (event.key === "Escape") return this.#leave(() => this.edits.cancel());
    if (this.pressed || event.ctrlKey || event.metaKey || event.altKey) return;
    if (["Delete", "Backspace"].includes(event.key)) return event.preventDefault(), this.#remove(row);
    const share = event.shiftKey ? LARGER * STEP : STEP;
    const step = keyed(event.key, "x", ranges(this.figure.plot), share);
    if (!step || !this.edits.mayTake(row)) return;
    event.preventDefault();
    const { inputs, targets } = this.edits;
    this.#hold(row, inputs[row] + step.x, targets[row] + step.y, step.x ? "x" : "y");
    this.#rest(LONG_REST);
  }

  /** Hold the point, with a round number in each direction in which it moves. */
  #hold(row, x, y, only) {
    const { stage } = this.hand;
    if (stage.playing) stage.actions.pause();
    const { x: across, y: up } = fineness(this.figure.plot);
    this.edits.hold(row, only === "y" ? x : rounded(x, across), only === "x" ? y : rounded(y, up));
    this.#changed();
  }

  #rest(ms) {
    clearTimeout(this.resting);
    if (this.edits.held && !this.pressed) this.resting = setTimeout(() => this.#drop(), ms);
  }

  #drop() {
    clearTimeout(this.resting);
    const { held } = this.edits;
    if (!held || !this.edits.drop()) return;
    const said = tr("Point {number} moved: {place}.", { number: held.row + 1, place: this.edits.placeOf(held.row) });
    this.#say(together(said, told(this.edits.numbers)));
  }

  // ---- adding and removing ----

  /** Plotly takes double clicks for itself, so two presses are counted here. */
  #pressPlot(event) {
    const { clientX: x, clientY: y, timeStamp, button } = event;
    const before = this.lastPress;
    this.lastPress = { x, y, timeStamp };
    if (!this.isOn || button || !before || timeStamp - before.timeStamp > DOUBLE) return;
    if (Math.hypot(x - before.x, y - before.y) > NEAR) return;
    const place = placeAt(this.figure.plot, x, y);
    this.lastPress = null;
    const seen = inside(place, ranges(this.figure.plot));
    if (seen.x === place.x && seen.y === place.y) this.#add(place);
  }

  /** In the middle of what is seen: from there it can be moved. */
  #addInTheMiddle() {
    const { x, y } = ranges(this.figure.plot);
    this.#add({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 });
  }

  #add({ x, y }) {
    const { edits, hand: { stage } } = this;
    if (edits.full) return this.#say(edits.full, true);
    if (stage.playing) stage.actions.pause();
    const { x: across, y: up } = fineness(this.figure.plot);
    const place = [rounded(x, across), rounded(y, up)];
    if (!edits.add(...place)) return;
    this.wanted = () => edits.rowAt(...place);
    this.#say(tr("Point added."));
  }

  #remove(row) {
    const { edits, hand: { stage } } = this;
    if (row < 0) return this.#say(tr("Choose a point first: tap it, or press Tab."), true);
    if (edits.scarce) return this.#say(edits.scarce, true);
    if (stage.playing) stage.actions.pause();
    clearTimeout(this.resting);
    if (!edits.remove(row)) return;
    this.wanted = () => row;
    this.#say(tr("Point {number} removed.", { number: row + 1 }));
  }

  /** Tell it to whoever listens; with `seen`, also to whoever looks. */
  #say(text, seen = false) {
    this.strip.say(text);
    if (seen) this.hand.stage.brief.say(text);
  }

  // ---- the picture ----

  /** Readings have moved: draw them in the next picture, and tell the numbers at once. */
  #changed() {
    this.place();
    this.strip.tell(this.edits.numbers, this.row);
    this.drawing ??= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.drawing = null;
    const { figure, edits } = this;
    if (!figure.meta.edit || edits.spec !== figure.meta.edit) return;
    const { stand, follow } = moved(figure.plot.data, edits);
    for (const { index, ...shown } of follow) Object.assign(figure.plot.data[index], shown); // the figure puts them to the line
    figure.draw(figure.epoch, false, stand);
    this.hand.stage.charts.follow(edits);
  }
}
