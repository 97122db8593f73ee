// What a fit draws of its readings while one of them is in somebody's hand.

/**
 * What the traces of a fit show when its readings are these, each {index, x, y}: those that stand, and those that begin at
 * the readings and follow the line.
 */
export function moved(data, { spec: { traces }, inputs, targets, numbers: { slope, intercept } }) {
  const stand = traces.closed.map((index) => ({ index, x: data[index].x, y: data[index].x.map((x) => slope * x + intercept) }));
  const follow = [];
  traces.markers.forEach((index, part) => {
    const rows = data[index].customdata.map(([number]) => number - 1);
    const [x, y] = [rows.map((row) => inputs[row]), rows.map((row) => targets[row])];
    const line = data[traces.residuals[part]].y;
    stand.push({ index, x, y });
    follow.push({ index: traces.residuals[part], x: x.flatMap((t) => [t, t, null]), y: y.flatMap((t, i) => [t, line[3 * i + 1], null]) });
    const corners = (values) => values.flatMap((t) => [t, t, t, t, t, null]);
    follow.push({ index: traces.squares[part], x: corners(x), y: corners(y) });
  });
  return { stand, follow };
}
