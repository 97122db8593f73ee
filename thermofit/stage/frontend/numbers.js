// How numbers are written: the twin of thermofit/numbers.py. tests/numbers_examples.json holds both to the same table.

import { local } from "./words.js";

/** A number as a person reads it: `digits` significant ones, powers of ten only where zeros would pile up. */
export function written(value, digits, sign = false) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-4 && size < 10 ** digits);
  const text = local((plain ? size.toPrecision(digits) : size.toExponential(digits - 1)).replace("e+", "e"));
  if (sign) return `${value < 0 ? "−" : "+"} ${text}`;
  return value < 0 ? `−${text}` : text;
}

/** The digits of a count in groups of three, from the left. */
export const groups = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, " ").split(" ");

/** A number with three digits; from 1 000 on a whole number with thin spaces: 57.8, 5 884. */
export function number(value, digits = 3) {
  if (Math.round(value) >= 10 ** digits && value < 1e15) return count(Math.round(value));
  if (value < 1e-3) return local(value.toExponential(digits - 1).replace("e+", "e"));
  const short = Number(value.toPrecision(digits));
  return local((value >= 1e15 ? short.toExponential() : String(short)).replace("e+", "e"));
}

export const THIN = "\u202f"; // a thin space that never breaks a number over two lines

/** A count as plain text. */
export const count = (value) => groups(value).join(THIN);
