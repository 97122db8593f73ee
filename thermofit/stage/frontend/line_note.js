// Names a line that stands still in the corner that is emptiest, with a piece of the line: at the line itself, points and
// other lines would cross the name.

const SAMPLES = 40; // places along a line that its name keeps clear of
const WIDTH = 158; // pixels of the note, at least
const HEIGHT = 26;

/** The corner [right, low] in which the fewest of these places lie, each in shares of the plot from its top left. */
export function emptiest(places, width, height) {
  const corners = [[false, false], [true, false], [false, true], [true, true]];
  const inside = ([right, low]) => places.filter(([x, y]) =>
    (right ? x >= 1 - width : x <= width) && (low ? y >= 1 - height : y <= height)).length;
  return corners.reduce((best, corner) => (inside(corner) < inside(best) ? corner : best));
}

/** Places along a straight line that are seen, in shares of the plot. */
export function along({ x, y }, xaxis, yaxis) {
  const last = x.length - 1;
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const value = xaxis.range[0] + (i / SAMPLES) * (xaxis.range[1] - xaxis.range[0]);
    const height = y[0] + ((value - x[0]) / (x[last] - x[0])) * (y[last] - y[0]);
    return [i / SAMPLES, yaxis.c2p(height) / yaxis._length];
  });
}

export class LineNote {
  constructor(card) {
    this.note = Object.assign(document.createElement("p"), { className: "tf-line-note", ariaHidden: "true", hidden: true });
    card.append(this.note);
  }

  /** Name the line that has a note, if it is there. */
  place(plot) {
    const named = plot.data.find(({ meta, visible }) => meta?.note && visible === true);
    this.note.hidden = !named;
    const text = named?.meta.note ?? "";
    if (this.note.textContent !== text) {
      this.note.textContent = text;
      this.width = Math.max(WIDTH, this.note.offsetWidth || 0);
    }
    if (!named) return;
    const { xaxis, yaxis } = plot._fullLayout;
    const lines = plot.data.filter(({ mode, visible, meta }) => mode === "lines" && visible !== false && meta?.slope && !meta.from);
    const points = plot.data.filter(({ mode, visible }) => mode === "markers" && visible !== false);
    const places = [
      ...lines.filter(({ x }) => x.length).flatMap((line) => along(line, xaxis, yaxis)),
      ...points.flatMap(({ x, y }) => x.map((value, i) => [xaxis.c2p(value) / xaxis._length, yaxis.c2p(y[i]) / yaxis._length])),
    ];
    const [right, low] = emptiest(places, this.width / xaxis._length, HEIGHT / yaxis._length);
    Object.assign(this.note.style, {
      left: `${xaxis._offset + (right ? xaxis._length - this.width : 6)}px`,
      top: `${plot.offsetTop + yaxis._offset + (low ? yaxis._length - HEIGHT : 2)}px`,
    });
  }
}
