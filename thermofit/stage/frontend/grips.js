// By what a line (w, b) is taken in a picture: where each grip stands, and which line there is when it is moved elsewhere.
// A picture says in its `meta.hand` {moves: "line" | "point", factor, offset} how it draws w and b: as
// x = factor · w and y = offset · w + b, which are slope and intercept of a line, or the two places of a point.
// A box is what is seen of the picture, {x: [low, high], y: [low, high]}. Places are {x, y} in the units of its axes.

import { tr } from "./words.js";

const NEAREST = 0.05; // share of the picture's width that both ends of a line are kept apart when it is turned

export const drawn = ({ factor, offset }, { w, b }) => ({ x: factor * w, y: offset * w + b });

const clamp = (value, [low, high]) => Math.min(Math.max(value, low), high);

/** The place within the box that is nearest. */
export const inside = (place, box) => ({ x: clamp(place.x, box.x), y: clamp(place.y, box.y) });

/** Both ends of the line y = slope · x + intercept as far as it is seen; where it is not, the nearest places. */
export function ends(slope, intercept, box) {
  const at = (x) => {
    const y = slope * x + intercept;
    const border = clamp(y, box.y);
    return { x: y === border || slope === 0 ? x : clamp((border - intercept) / slope, box.x), y: border };
  };
  const [left, right] = box.x.map(at);
  if (left.x < right.x) return { left, right };
  return { left: { x: box.x[0], y: left.y }, right: { x: box.x[1], y: right.y } }; // it passes the box by
}

/** The slope of a line from `pivot` to `place`, which stays on its side of it. */
export function slopeOf(pivot, place, side, box) {
  const least = NEAREST * (box.x[1] - box.x[0]);
  return (place.y - pivot.y) / (side * Math.max(side * (place.x - pivot.x), least));
}

const edges = (line, view, box) => {
  const { x: slope, y: intercept } = drawn(view, line);
  return ends(slope, intercept, box);
};

/** The line's own point at x, or the nearest one that is seen. */
const onLine = (x, line, view, box) => {
  const { x: slope, y: intercept } = drawn(view, line);
  return inside({ x, y: slope * x + intercept }, box);
};

/** The weight of a line of this slope, and the point that it goes through, x in the units of w's inputs. */
const lineThrough = (view, slope, { x, y }) => ({ w: slope / view.factor, through: { x: view.factor * x + view.offset, y } });

/** Where a line's handle stands while one of them is `taken`: under the pointer, at the pivot, or as ever. */
function heldLine(name, taken, line, box) {
  const { view, pivot, at } = taken;
  if (taken.name === "middle") return name === "middle" ? onLine(pivot.x, line, view, box) : edges(line, view, box)[name];
  if (name === "middle") return middle.place(line, view, box);
  return onLine(name === taken.name ? at.x : pivot.x, line, view, box);
}

const lineEnd = (name, other, side, label) => ({
  label,
  of: "w",
  axis: "y",
  place: (line, view, box) => edges(line, view, box)[name],
  held: heldLine,
  pivot: (line, view, box) => edges(line, view, box)[other],
  to: (place, { view, box, pivot }) => lineThrough(view, slopeOf(pivot, place, side, box), pivot),
});

const middle = {
  label: () => tr("Line, middle: moves the line up and down"),
  of: "b",
  axis: "y",
  place(line, view, box) {
    const { left, right } = edges(line, view, box);
    return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  },
  held: heldLine,
  pivot: (line, view, box) => middle.place(line, view, box),
  to: (place, { view, line, pivot }) => ({ ...lineThrough(view, 0, { x: pivot.x, y: place.y }), w: line.w }),
};

const point = {
  label: () => tr("Point of the landscape: moves the start of the run"),
  of: "w",
  axis: "both",
  place: (line, view, box) => inside(drawn(view, line), box),
  held: (name, { view }, line, box) => inside(drawn(view, line), box),
  pivot: () => null,
  to: (place, { view }) => ({ w: place.x / view.factor, through: { x: view.offset, y: place.y } }),
};

/**
 * By what the line or the point is taken: their names, and for each
 * what it says, the parameter that it is about, its axes, where it stands, what stays in place, and where it leads.
 */
export const GRIPS = {
  line: {
    left: lineEnd("left", "right", -1, () => tr("Line, left end: turns the line about its right end")),
    middle,
    right: lineEnd("right", "left", 1, () => tr("Line, right end: turns the line about its left end")),
  },
  point: { point },
};

/** Where a key moves a grip: in each direction a share of the picture; null for any other key. */
export function keyed(key, axis, box, share) {
  const [x, y] = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0], PageUp: [0, 10], PageDown: [0, -10] }[key] ?? [];
  if (x === undefined) return null;
  const size = (side) => share * (side[1] - side[0]);
  return axis === "y" ? { x: 0, y: (x + y) * size(box.y) } : { x: x * size(box.x), y: y * size(box.y) };
}
