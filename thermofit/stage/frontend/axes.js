// Axes that grow by steps and never shrink, so that nothing jumps from frame to frame.

// As in charts/theme.py, which says how a log axis begins.
const LEAST = 1e-6; // of the series
const DECADES = 3; // a log axis shorter than this is labelled at 2 and 5, too
const POWERS = 8; // labels at most on a longer one
const PLAIN = ",.6~g"; // a tick label in full and of one size

/** The next number of the series … 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 … that is at least `value`. */
export function nice(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, LEAST)));
  return [1, 2, 5, 10].map((step) => step * unit).find((step) => step >= value);
}

/** The edge of an axis that is to hold `value`: the same, or one step farther out. */
export function step(edge, value, upper, span) {
  if (value === edge) return edge;
  if (edge > 0 && value > 0) return 10 ** ((upper ? Math.ceil : Math.floor)(Math.log10(value) * 2) / 2);
  return value + (upper ? 0.25 : -0.25) * span;
}

const along = (value, stop) => (value <= stop ? Math.min(nice(value), stop) : nice(value));

export class Axes {
  /**
   * `grow`: {axis: {stop?, most?}}, the axes of `layout` that grow, up to `most`; one along x stops at `stop` unless
   * there is more to show.
   */
  constructor(layout, grow = {}) {
    this.grows = grow;
    this.range = Object.fromEntries(Object.keys(grow).map((axis) => [axis, linear(layout[axis])]));
    this.plain = Object.keys(grow).every((axis) => layout[axis].tickformat === PLAIN); // on a projector, powers too
    this.logs = new Set(Object.keys(grow).filter((axis) => layout[axis].type === "log")); // though a switch may change it
  }

  get names() {
    return Object.keys(this.grows);
  }

  /** Make room for the numbers of `data` ({x, y} each); returns the axes that have changed. */
  grow(data) {
    return this.names.filter((axis) => {
      const [low, high] = this.range[axis];
      const [smallest, largest] = extremes(data, axis[0], low, high, this.logs.has(axis));
      if (smallest === low && largest === high) return false;
      const { stop = -Infinity, most = Infinity } = this.grows[axis];
      const top = axis[0] === "x" ? along(largest, stop) : step(high, largest, true, high - low);
      const bottom = axis[0] === "x" ? low : step(low, smallest, false, high - low);
      this.range[axis] = [bottom, Math.max(high, Math.min(top, most))];
      return this.range[axis].some((edge, i) => edge !== [low, high][i]);
    });
  }

  /** What Plotly.relayout is told of an axis. */
  layout(axis, log) {
    const [low, high] = this.range[axis];
    const ticks = (dtick, tickformat) => ({
      [`${axis}.tickmode`]: dtick ? "linear" : "auto", [`${axis}.dtick`]: dtick, [`${axis}.tickformat`]: this.plain ? PLAIN : tickformat,
    });
    if (!log) return { [`${axis}.range`]: [axis[0] === "y" && low > 0 ? 0 : low, high], ...ticks(null, "") };
    const [least, most] = [Math.log10(low), Math.log10(high)];
    const labels = most - least < DECADES ? ["D2", PLAIN] : [Math.max(1, Math.ceil((most - least) / POWERS)), ""];
    return { [`${axis}.range`]: [least, most], ...ticks(...labels) };
  }
}

/** What axes grow for, of these [part, data]. */
export const roomy = (placed) => placed.filter(([{ room = true }]) => room).map(([, data]) => data);

/** The room that a standing trace wants; a line takes none, nor does what is to have none (`room`), nor does a curve beyond the `most` that it may ask for. */
export function roomOf({ trace, slope, room = true, most = Infinity }) {
  if (slope || !room || !trace.visible) return {};
  const edges = (values, limit) => {
    const inside = values.filter((value) => value <= limit);
    return inside.length ? [inside.reduce((a, b) => Math.min(a, b)), inside.reduce((a, b) => Math.max(a, b))] : [];
  };
  return { x: edges(trace.x, Infinity), y: edges(trace.y, most) };
}

const linear = ({ range, type }) => (type === "log" ? range.map((power) => 10 ** power) : [...range]);

/** The range from `smallest` to `largest`, widened to hold the data; on a log axis there is no place for 0. */
function extremes(data, letter, smallest, largest, log) {
  for (const part of data) {
    for (const value of part?.[letter] ?? []) {
      if (log && value <= 0) continue;
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
    }
  }
  return [smallest, largest];
}
