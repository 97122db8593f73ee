// Places in a plot: which are seen, where a pixel of the window is, and how fine the numbers are that a hand gives.

const FINENESS = 1000; // different numbers that a drag across the picture gives, at least

/** What is seen of the plot: {x: [low, high], y: [low, high]}. */
export const ranges = ({ _fullLayout: { xaxis, yaxis } }) => ({ x: xaxis.range, y: yaxis.range });

/** The place in the plot at a pixel of the window. */
export function placeAt(plot, x, y) {
  const { left, top } = plot.getBoundingClientRect();
  const { xaxis, yaxis } = plot._fullLayout;
  return { x: xaxis.p2l(x - left - xaxis._offset), y: yaxis.p2l(y - top - yaxis._offset) };
}

/** For each axis the power of ten to whose multiples numbers are rounded. */
export function fineness(plot) {
  const power = ([low, high]) => 10 ** Math.floor(Math.log10((high - low) / FINENESS));
  const { x, y } = ranges(plot);
  return { x: power(x), y: power(y) };
}
