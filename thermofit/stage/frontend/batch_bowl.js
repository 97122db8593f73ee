// The contours of one batch's mean squared error, from what thermofit/live/batch_columns.py tells of it:
//   loss(w, b) = lowest + variance · (w - best)² + (mean · w + b - level)²
// A batch of one reading has no variance: its contours are straight, and its lowest places are a line.

const POINTS = 33; // along each half of a contour
const BEYOND = 1; // widths of the picture to which a valley is drawn on either side

/** Places along w, closest at its ends, where a contour turns. */
const along = (low, high) => Array.from({ length: POINTS }, (_, i) => {
  const share = (1 - Math.cos((Math.PI * i) / (POINTS - 1))) / 2;
  return low + share * (high - low);
});

/** The halves of the contour that lies `rise` above the lowest loss, as [w, mean · w + b] each, within these w. */
function halves({ variance, best, level }, rise, [low, high]) {
  const reach = variance > 0 ? Math.sqrt(rise / variance) : Infinity;
  const closed = best - reach > low && best + reach < high;
  const [from, to] = closed ? [best - reach, best + reach] : [Math.max(low, best - reach || low), Math.min(high, best + reach || high)];
  if (!(from <= to)) return [];
  const half = (sign) => along(from, to).map((w) => {
    const left = variance > 0 ? rise - variance * (w - best) ** 2 : rise;
    return [w, level + sign * Math.sqrt(Math.max(left, 0))];
  });
  const [upper, lower] = [half(1), half(-1).reverse()];
  return closed ? [[...upper, ...lower]] : [upper, lower];
}

/**
 * The contours at these rises, parted by gaps, where x = factor · w and y = offset · w + b; `across` are the ends of the x that
 * are seen. A rise of 0 gives the lowest place, or the lowest line. {x: [], y: []} where nothing is known of the batch.
 */
export function contours(bowl, rises, across, { factor, offset }) {
  const found = { x: [], y: [] };
  if (!Number.isFinite(bowl.level)) return found;
  const sides = across.map((x) => x / factor).sort((a, b) => a - b);
  const room = BEYOND * (sides[1] - sides[0]);
  const range = [sides[0] - room, sides[1] + room];
  const draw = (places) => {
    for (const [w, value] of places) {
      found.x.push(factor * w);
      found.y.push(offset * w + value - bowl.mean * w);
    }
    found.x.push(null);
    found.y.push(null);
  };
  for (const rise of rises) {
    if (rise > 0) halves(bowl, rise, range).forEach(draw);
    else draw(bowl.variance > 0 ? [[bowl.best, bowl.level]] : range.map((w) => [w, bowl.level]));
  }
  return found;
}
