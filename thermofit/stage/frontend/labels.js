// Names at the ends of lines, in place of a legend: a trace whose meta has a `label` is named where it ends. Names keep
// clear of each other and inside the figure. They lie over it, so that no picture costs Plotly anything.

const HEIGHT = 18; // pixels of a name
const GAP = 9; // pixels between an end and its name
const ABOVE = 11; // pixels by which a name stands above its line

/** Heights as near to the wanted ones as can be, at least HEIGHT apart and within [low, high]; in any order. */
export function spread(wanted, low, high, height = HEIGHT) {
  const step = Math.min(height, (high - low) / Math.max(wanted.length - 1, 1)); // where there is no room, they overlap
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const placed = [];
  for (const [rank, i] of order.entries()) {
    const least = rank ? placed[order[rank - 1]] + step : low;
    placed[i] = Math.max(wanted[i], least);
  }
  let most = high;
  for (const i of order.reverse()) {
    placed[i] = Math.max(low, Math.min(placed[i], most));
    most = placed[i] - step;
  }
  return placed;
}

/** Where the name of a line belongs: its last place, or, of one that leaves the plot, the last one inside; in pixels. */
export function endOf({ x, y }, { c2p: across, _length: width }, { c2p: up, _length: height }) {
  for (let i = x.length - 1; i >= 0; i--) {
    const [left, top] = [across(x[i]), up(y[i])];
    if (left >= 0 && left <= width && top >= 0 && top <= height) return [left, top];
  }
  return x.length === 2 ? edge(x.map(across), y.map(up), width, height) : null;
}

/** Where a straight line leaves the plot on the right, or else above or below. */
function edge([x0, x1], [y0, y1], width, height) {
  const at = (x) => y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  const y = Math.min(Math.max(at(width), 0), height);
  const x = y === at(width) ? width : x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
  return x >= 0 && x <= width && Number.isFinite(y) ? [x, y] : null;
}

export class Labels {
  constructor(card) {
    this.layer = document.createElement("div");
    Object.assign(this.layer, { className: "tf-labels", ariaHidden: "true" }); // the board tells the names
    card.append(this.layer);
    this.names = new Map(); // trace → element
  }

  /** Name the ends of these [part, data] of a plot. */
  place(plot, placed) {
    const { xaxis, yaxis, width } = plot._fullLayout;
    const named = placed.filter(([{ label }]) => label);
    const ends = named.map(([, data]) => (data.x?.length ? endOf(data, xaxis, yaxis) : null));
    const right = width - xaxis._offset;
    const shown = named.flatMap(([part], i) => (ends[i] ? [this.#beside(this.#name(part), part, ends[i], right)] : []));
    const tops = spread(shown.map(({ y }) => y), HEIGHT / 2, yaxis._length - HEIGHT / 2);
    shown.forEach(({ name, part, x }, i) => this.#put(name, part, xaxis._offset + x, plot.offsetTop + yaxis._offset + tops[i]));
    const kept = new Set(shown.map(({ part }) => part.index));
    for (const index of [...this.names.keys()]) if (!kept.has(index)) this.#drop(index);
  }

  /** To the right of its end, or, where that would leave the figure, above the line on the left of it. */
  #beside(name, part, [x, y], right) {
    name.width ||= name.offsetWidth;
    const fits = x + GAP + name.width <= right;
    return { name, part, x: fits ? x + GAP : x - GAP - name.width, y: fits ? y : y - ABOVE };
  }

  #name({ index, label, trace }) {
    if (!this.names.has(index)) {
      const name = document.createElement("span");
      this.layer.append(name);
      this.names.set(index, name);
    }
    const name = this.names.get(index);
    if (name.textContent !== label) Object.assign(name, { textContent: label, width: 0 });
    name.colour = trace.line?.color ?? trace.marker?.color;
    name.style.setProperty("--own", name.colour); // mixed with ink in stage.css: a name is text, and needs more contrast
    return name;
  }

  #put(name, part, left, y) {
    name.style.transform = `translate(${left.toFixed(0)}px, ${(y - HEIGHT / 2).toFixed(0)}px)`;
    Object.assign(name, { left, top: y });
    name.dataset.track = part.track ?? "run";
  }

  #drop(index) {
    this.names.get(index).remove();
    this.names.delete(index);
  }

  /** The names as they stand, in shares of the plot's area. */
  told(plot) {
    const { xaxis, yaxis } = plot._fullLayout;
    return [...this.names.values()].map(({ textContent: text, left, top, colour }) => ({
      text, colour, x: (left - xaxis._offset) / xaxis._length, y: 1 - (top - plot.offsetTop - yaxis._offset) / yaxis._length,
    }));
  }

  /** Dim all names but those of this track; null: none. */
  lift(track) {
    for (const name of this.names.values()) name.classList.toggle("tf-dim", Boolean(track) && name.dataset.track !== track);
  }
}
