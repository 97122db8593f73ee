// What a picture says while its line is nowhere in it, as after an explosion.

import { isInPicture } from "./bindings.js";
import { LineNote } from "./line_note.js";

/** The corner [right, low] with the fewest of these places, each in shares of the plot from its top left. */
export function freeCorner(places) {
  const within = ([right, low]) => places.filter(([x, y]) => x > 0.5 === right && (low ? y > 0.7 : y < 0.3)).length;
  const corners = [[false, false], [true, false], [false, true], [true, true]];
  return corners.reduce((best, corner) => (within(corner) < within(best) ? corner : best));
}

export class LostLine {
  constructor(card) {
    this.note = document.createElement("p");
    this.note.className = "tf-gone";
    card.append(this.note);
    this.left = new LineNote(card);
  }

  /** Of these [part, data] of a plot, one may have left it. */
  tell(plot, placed) {
    this.left.place(plot);
    const { xaxis, yaxis } = plot._fullLayout;
    const lost = placed.find(([part, line]) => part.gone && !isInPicture(line, xaxis.range, yaxis.range));
    const text = lost ? lost[0].gone : "";
    if (this.note.textContent !== text) this.note.textContent = text;
    if (text) this.#place(plot, xaxis, yaxis);
  }

  /** Put the words into a corner in which no point is. */
  #place(plot, xaxis, yaxis) {
    const points = plot.data.filter(({ mode, visible }) => mode === "markers" && visible !== false);
    const share = (axis, value) => axis.c2p(value) / axis._length;
    const places = points.flatMap(({ x, y }) => x.map((value, i) => [share(xaxis, value), share(yaxis, y[i])]));
    const [right, low] = freeCorner(places);
    Object.assign(this.note.style, {
      left: `${xaxis._offset + (right ? xaxis._length / 2 : 0)}px`, width: `${xaxis._length / 2}px`,
      top: `${plot.offsetTop + yaxis._offset + (low ? 0.8 * yaxis._length : 0)}px`,
    });
  }
}
