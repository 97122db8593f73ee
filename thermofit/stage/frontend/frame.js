// What a path shows of a plane: of a run that explodes, the parts from one side far outside to the other would cover everything.

/** The line through {x, y} without its parts between two places outside of a figure's `home` ranges: there it has gaps (null). */
export function framed({ x, y }, { "xaxis.range": [left, right], "yaxis.range": [low, high] }) {
  const inside = (i) => x[i] >= left && x[i] <= right && y[i] >= low && y[i] <= high;
  const [across, up] = [[], []];
  let [before, drawn] = [true, true]; // whether the place before is inside, and is drawn
  for (let i = 0; i < x.length; i++) {
    const here = inside(i);
    if (i && !here && !before) {
      drawn = false;
      continue;
    }
    if (!drawn) {
      across.push(null, x[i - 1]);
      up.push(null, y[i - 1]);
    }
    across.push(x[i]);
    up.push(y[i]);
    [before, drawn] = [here, true];
  }
  return { x: across, y: up };
}
