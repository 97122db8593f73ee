// Contours that follow the readings in somebody's hand: drawn on a canvas in place of the picture that came with the
// figure, because Plotly would lay out the whole figure for each. The minimum's mark and the colours' losses go along.

import { bands, numbersOf } from "./contour_bands.js";
import { lossOver, rowsIn, sizeFor, surface } from "./loss_surface.js";
import { number } from "./numbers.js";

const SIDE = 480; // pixels

export class LiveContours {
  constructor(figure) {
    Object.assign(this, { figure, spec: null });
    this.box = Object.assign(document.createElement("div"), { className: "tf-contours" });
    this.canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    this.box.append(this.canvas);
  }

  /** Draw the landscape of these readings (edits.js); the figure's own where they are as they came. */
  follow(edits) {
    const spec = this.figure.meta?.heights;
    if (!spec || !edits.spec) return;
    if (edits.areAsTheyCame) return void (this.spec && this.end(true));
    const { scaling, loss, units } = edits.spec;
    const { rows, best } = rowsIn(units, edits.trained, scaling);
    const found = surface(lossOver(loss, rows, best), best, spec, sizeFor(loss, rows.inputs.length, spec.size));
    if (this.spec !== spec) this.#begin(spec);
    this.#paint(found, spec);
    this.#tell(found.losses, spec);
    this.#mark({ x: [best.slope], y: [best.intercept] }, spec);
  }

  #begin(spec) {
    const { plot } = this.figure;
    const { x: [x], y: [y] } = plot.data[spec.best];
    Object.assign(this, { spec, home: { x: [x], y: [y] }, told: this.#texts.map(({ textContent }) => textContent) });
    plot.querySelector(".svg-container").prepend(this.box);
    this.figure.box.classList.add("tf-follows");
    this.place();
  }

  /** The figure has changed: it has its own picture. */
  show() {
    this.end();
  }

  /** Put the canvas where the frame is in the plot. */
  place() {
    if (!this.spec) return;
    const { xaxis, yaxis } = this.figure.plot._fullLayout;
    const { w, b } = this.spec.frame;
    put(this.box, [xaxis._offset, yaxis._offset], [xaxis._length, yaxis._length]);
    const [left, right, top, bottom] = [xaxis.l2p(w[0]), xaxis.l2p(w[1]), yaxis.l2p(b[1]), yaxis.l2p(b[0])];
    put(this.canvas, [left, top], [right - left, bottom - top]);
  }

  #paint(found, { colours }) {
    this.numbers = this.colours === colours ? this.numbers : numbersOf(colours);
    this.colours = colours;
    const context = this.canvas.getContext("2d");
    this.image ??= context.createImageData(SIDE, SIDE);
    const data = new Uint32Array(this.image.data.buffer);
    bands(found, SIDE).forEach((band, i) => { data[i] = this.numbers[band]; });
    context.putImageData(this.image, 0, 0);
  }

  get #texts() {
    return [...this.figure.box.querySelectorAll(".colorbar .cbaxis text")];
  }

  #tell(losses, { every }) {
    const told = losses.filter((_, i) => i % every === 0).map((loss) => number(loss));
    this.#write(told);
  }

  #write(told) {
    const texts = this.#texts;
    if (texts.length === told.length) texts.forEach((text, i) => { text.textContent = told[i]; });
  }

  #mark(place, { best }) {
    const { figure } = this;
    Object.assign(figure.plot.data[best], place);
    figure.draw(figure.epoch, false, [{ index: best, ...place }]);
  }

  /** Show the figure's own picture again; with `back`, its other marks as well. */
  end(back = false) {
    if (!this.spec) return;
    const { spec, home, told } = this;
    this.spec = null;
    this.box.remove();
    this.figure.box.classList.remove("tf-follows");
    if (!back) return;
    this.#write(told);
    this.#mark(home, spec);
  }
}

function put(element, [left, top], [width, height]) {
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}
