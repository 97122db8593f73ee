// Which epoch a row belongs to. Each row is an update; with mini-batches an epoch has several of them. The twin of
// thermofit/config/clock.py, and of `told` there. The server sends a clock with each block of a run that has mini-batches.

import { count } from "./numbers.js";
import { local, tr } from "./words.js";

const CLOSE = 1e-6; // of an epoch: an epoch that is a hair from complete is complete

export class Clock {
  /** `spans`: [first row, epochs done there, updates per epoch], in order. */
  constructor(spans = [[0, 0, 1]]) {
    this.spans = spans;
    this.countsUpdates = spans.every(([, , each]) => each === 1);
    this.digits = Math.ceil(Math.log10(Math.max(...spans.map(([, , each]) => each)))); // enough to tell two updates apart
  }

  #span(row) {
    return this.spans.findLast(([first]) => first <= row) ?? this.spans[0];
  }

  /** How many rows an epoch has at this one. */
  perEpoch(row) {
    return this.#span(row)[2];
  }

  /** How many epochs are done at this row. */
  epoch(row) {
    const [first, epoch, each] = this.#span(row);
    return epoch + (row - first) / each;
  }

  /** The first row at which so many epochs are done. */
  row(epochs) {
    const [first, epoch, each] = this.spans.findLast(([, begun]) => begun <= epochs) ?? this.spans[0];
    return first + Math.ceil((epochs - epoch) * each - CLOSE);
  }

  /** The newest row at which no more than so many epochs are done. */
  reached(epochs) {
    const [first, begun, each] = this.spans.findLast(([, done]) => done <= epochs) ?? this.spans[0];
    return first + Math.floor((epochs - begun) * each + CLOSE);
  }

  /** The epoch of a row as it is written: 12, or 12.3 of a run whose epochs have several updates. */
  written(row) {
    if (this.countsUpdates) return count(row);
    const [whole, part] = (Math.floor((this.epoch(row) + CLOSE) * 10 ** this.digits) / 10 ** this.digits).toFixed(this.digits).split(".");
    return local(`${count(whole)}.${part}`);
  }

  /** The moment of a row in words: epoch 12, or epoch 12.3, update 37. */
  told(row) {
    const [epoch, update] = [this.written(row), count(row)];
    // Translators: a moment of a run, within a sentence such as "Paused at {moment}."
    return this.countsUpdates ? tr("epoch {epoch}", { epoch }) : tr("epoch {epoch}, update {update}", { epoch, update });
  }
}

export const PLAIN = new Clock(); // of a run in which every epoch is one update

const known = new Map(); // the clocks lately sent, so that each is made once

/** The clock of these spans; without any, every epoch is one update. */
export function clockOf(spans) {
  if (!spans) return PLAIN;
  const key = JSON.stringify(spans);
  if (!known.has(key)) {
    if (known.size > 99) known.clear();
    known.set(key, new Clock(spans));
  }
  return known.get(key);
}
