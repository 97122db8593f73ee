// The handles over a figure: by them the line, or the point of the landscape, is moved with a pointer or by keys.
// They are elements of the page, so that they can be focused and named; grips.js says where they stand.

import { GRIPS, inside, keyed } from "./grips.js";
import { LONG_REST, REST } from "./hand.js";
import { placeAt } from "./places.js";
import { local, tr } from "./words.js";

const EDGE = { line: 20, point: 0 }; // pixels that a handle keeps from the edge of the picture
const CLICK = 3; // pixels within which a press is no drag
const STEP = 1 / 400; // share of the picture for a key press
const LARGER = 10; // times that with Shift

export class Handles {
  constructor(card, figure, hand) {
    Object.assign(this, { figure, hand, kind: undefined, handles: [], taken: null });
    this.box = document.createElement("div");
    this.box.className = "tf-handles";
    this.box.hidden = true;
    card.append(this.box);
  }

  /** The figure has changed: other things may be moved in it. */
  show() {
    const kind = this.hand.part ? this.figure.meta.hand?.moves : undefined;
    if (kind !== this.kind) {
      this.kind = kind;
      this.handles = Object.entries(GRIPS[kind] ?? {}).map(([name, grip]) => this.#made(name, grip));
      this.box.replaceChildren(...this.handles.map(({ element }) => element));
    }
    this.place();
  }

  /** Put the handles where the picture shows what they move; away while it plays. */
  place() {
    const line = this.#fits() && this.hand.isReady && !this.figure.points.isOn ? this.hand.line : null;
    const shows = line !== null && Number.isFinite(line.w + line.b);
    if (this.box.hidden === shows) this.box.hidden = !shows;
    if (!this.hand.holds) this.taken = null;
    if (!shows) return;
    const { view, box } = this.#picture();
    for (const { name, grip, element } of this.handles) {
      this.#put(element, this.taken ? grip.held(name, this.taken, line, box) : grip.place(line, view, box));
      this.#tell(element, grip, line);
    }
  }

  /** Whether the handles are those of the figure, which may be about to become another one. */
  #fits() {
    return this.handles.length > 0 && this.figure.meta.hand?.moves === this.kind;
  }

  #put(element, { x, y }) {
    const { xaxis, yaxis, height } = this.figure.plot._fullLayout;
    const [left, top] = [xaxis._offset + xaxis.l2p(x), yaxis._offset + yaxis.l2p(y)];
    element.style.transform = `translate(${left}px, ${top - height}px)`; // from the lower edge, below the switches
  }

  #tell(element, { of }, line) {
    const { least, most } = this.hand.part[of];
    element.setAttribute("aria-valuemin", least);
    element.setAttribute("aria-valuemax", most);
    const [w, b] = [line.w, line.b].map((value) => Number(value.toPrecision(5)));
    element.setAttribute("aria-valuenow", of === "w" ? w : b);
    element.setAttribute("aria-valuetext", tr("w = {w}, b = {b}", { w: local(String(w)), b: local(String(b)) }));
  }

  /** How the figure draws w and b, what is seen of it, and the share that this is of the whole. */
  #picture() {
    const { plot, meta: { hand: view, home } } = this.figure;
    const { xaxis, yaxis } = plot._fullLayout;
    const side = ({ range: [low, high], _length }) => {
      const edge = (EDGE[this.kind] / _length) * (high - low);
      return [low + edge, high - edge];
    };
    const share = ({ range: [low, high] }, [first, last]) => (high - low) / (last - first);
    const zoom = Math.min(share(xaxis, home["xaxis.range"]), share(yaxis, home["yaxis.range"]));
    return { view, box: { x: side(xaxis), y: side(yaxis) }, zoom };
  }

  #made(name, grip) {
    const [element, label] = [document.createElement("div"), grip.label()];
    Object.assign(element, { className: `tf-handle tf-handle-${name}`, tabIndex: 0, title: label });
    const says = { role: "slider", "aria-label": label, "aria-orientation": grip.axis === "y" ? "vertical" : "horizontal" };
    for (const [attribute, value] of Object.entries(says)) element.setAttribute(attribute, value);
    const handle = { name, grip, element };
    const ends = () => this.taken && this.#leave(() => this.hand.cancel());
    const events = {
      pointerdown: (event) => this.#press(event, handle),
      pointermove: (event) => this.#drag(event),
      pointerup: () => this.taken && this.#leave(() => this.hand.drop()),
      pointercancel: ends,
      lostpointercapture: ends,
      keydown: (event) => this.#key(event, handle),
      keyup: () => this.hand.rest(REST),
      blur: () => !this.taken && this.hand.drop(),
    };
    for (const [event, listener] of Object.entries(events)) element.addEventListener(event, listener);
    return handle;
  }

  /** Take the line by this handle, as it is in the picture now. */
  #take({ name, grip }, more = {}) {
    const { view, box, zoom } = this.#picture();
    return { name, grip, view, box, zoom, pivot: grip.pivot(this.hand.line, view, box), ...more };
  }

  #move(taken, place) {
    taken.at = inside(place, taken.box);
    const { w, through } = taken.grip.to(taken.at, { ...taken, line: this.hand.line });
    this.hand.hold(w, through, taken.zoom);
  }

  #press(event, handle) {
    if (event.button || this.taken || !this.hand.isReady) return;
    event.preventDefault();
    const { element, name } = handle;
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const { left, top, width, height } = element.getBoundingClientRect();
    const from = { x: event.clientX, y: event.clientY };
    const beside = { x: from.x - left - width / 2, y: from.y - top - height / 2 };
    this.pressed = { handle, name, from, beside };
  }

  #drag({ clientX, clientY, pointerId, currentTarget }) {
    const { pressed } = this;
    if (!pressed || !currentTarget.hasPointerCapture(pointerId)) return;
    if (!this.taken && Math.hypot(clientX - pressed.from.x, clientY - pressed.from.y) < CLICK) return;
    this.taken ??= this.#take(pressed.handle);
    this.#move(this.taken, placeAt(this.figure.plot, clientX - pressed.beside.x, clientY - pressed.beside.y));
  }

  #leave(act) {
    this.taken = this.pressed = null;
    act();
    this.place();
  }

  #key(event, handle) {
    if (event.key === "Escape") return this.#leave(() => this.hand.cancel());
    if (this.taken || !this.hand.isReady || event.ctrlKey || event.metaKey || event.altKey) return;
    const taken = this.#take(handle);
    const step = keyed(event.key, handle.grip.axis, taken.box, event.shiftKey ? LARGER * STEP : STEP);
    if (!step) return;
    event.preventDefault();
    const from = handle.grip.place(this.hand.line, taken.view, taken.box);
    this.#move(taken, { x: from.x + step.x, y: from.y + step.y });
    this.hand.rest(LONG_REST);
  }
}
