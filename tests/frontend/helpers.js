// What several tests share: repeatable random numbers, blocks as a server sends them, a clock that the test turns.

import { readFileSync } from "node:fs";

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`. */
export const whole = (next, low, high) => low + Math.floor(next() * (high - low + 1));

/** The epochs `from`, `from + stride` … of a run whose columns are functions of the epoch. */
export function block(columns, from, count, stride = 1) {
  const epochs = Array.from({ length: count }, (_, i) => from + i * stride);
  const filled = Object.entries(columns).map(([name, of]) => [name, Float32Array.from(epochs, of)]);
  return { from, stride, count, columns: Object.fromEntries(filled) };
}

/** A clock in ms that stands where the test puts it. */
export function clock(start = 0) {
  const read = () => read.now;
  return Object.assign(read, { now: start });
}

/** A table that the Python tests read, too, by its path within `tests`. */
export const table = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));

export const frontend = new URL("../../thermofit/stage/frontend/", import.meta.url);
