// A click on a bar of a histogram is told as a click on what the bar offers.

/**
 * The place that the bar at {x, y} offers: {x: its number, y: 0}; null where there is none. `edges` are the borders of the
 * bins, `series` has for each histogram, the foremost first, {heights, offers} of every bin.
 */
export function offered({ x, y }, { edges, series }) {
  const bin = edges.findIndex((edge, i) => x >= edge && x < edges[i + 1]);
  const bar = series.find(({ heights }) => y >= 0 && y <= heights[bin]);
  return bar ? { x: bar.offers[bin], y: 0 } : null;
}

/** Tell `hear` of a click, or of what the bar that was clicked offers. */
export function tellClick(hear, place, click) {
  const told = click.edges ? offered(place, click) : place;
  if (told) hear(told);
}
