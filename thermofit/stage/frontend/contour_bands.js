// Contours as pixels: the twin of thermofit/charts/contour_image.py. tests/landscape/surface_examples.json holds both to
// the same picture.

/**
 * Which band each pixel lies in, `side` × `side` of them, the highest b first: band k lies above k levels. One more than
 * the number of levels marks a line, where the band changes. Between grid points the height is interpolated.
 */
export function bands({ size, heights, levels }, side) {
  const pixels = new Uint8Array(side * side);
  const [first, step, line] = [levels[0], levels[1] - levels[0], levels.length + 1];
  const band = (height) => Math.min(Math.max(Math.ceil((height - first) / step), 0), levels.length) || 0;
  const places = Array.from({ length: side }, (_, pixel) => placeOf(pixel, side, size));
  let [above, here] = [new Uint8Array(side), new Uint8Array(side)];
  const mixed = new Float64Array(size);
  for (let row = 0; row < side; row++) {
    const { low, high, share } = places[side - 1 - row];
    for (let i = 0; i < size; i++) mixed[i] = heights[low * size + i] * (1 - share) + heights[high * size + i] * share;
    for (let column = 0; column < side; column++) {
      const at = places[column];
      here[column] = band(mixed[at.low] * (1 - at.share) + mixed[at.high] * at.share);
      const changes = (column > 0 && here[column] !== here[column - 1]) || (row > 0 && here[column] !== above[column]);
      pixels[row * side + column] = changes ? line : here[column];
    }
    [above, here] = [here, above];
  }
  return pixels;
}

/** The grid points around a pixel, whose first and last ones lie on the edges. */
function placeOf(pixel, side, size) {
  const at = (pixel * (size - 1)) / (side - 1);
  const low = Math.min(Math.floor(at), size - 2);
  return { low, high: low + 1, share: at - low };
}

/** Colours "#rrggbb" as the numbers of which an image's data are made, on a machine that stores the lowest byte first. */
export const numbersOf = (colours) => Uint32Array.from(colours, (colour) => {
  const [red, green, blue] = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
});
