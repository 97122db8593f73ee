// The rows that the browser was sent: recorded epochs in ascending order, one column per quantity.
// A block is {from, stride, count, columns: {name: Float32Array}}; every row in it was recorded by the server.
// `epoch` has the rows' own numbers, which count updates; `clock` tells the epochs that they belong to.

import { PLAIN } from "./clock.js";

export class Rows {
  constructor(names, derived = {}) {
    this.names = names;
    this.derive(derived);
    this.clear();
  }

  /** Tell these sums of columns, too: {name: {column: coefficient}}, where "one" is the constant. */
  derive(derived) {
    this.derived = derived;
    this.sums = new Map(Object.entries(derived).map(([name, terms]) => [name, Object.entries(terms)]));
  }

  /** Forget all columns but these. */
  narrow(names) {
    if (this.names.some((name) => !names.includes(name))) this.names = this.names.filter((name) => names.includes(name));
    this.columns = Object.fromEntries(this.names.map((name) => [name, this.columns[name]]));
  }

  clear() {
    Object.assign(this, { length: 0, clock: PLAIN });
    this.version = (this.version ?? 0) + 1; // changes whenever a row index may mean another epoch
    this.epoch = new Float64Array(1024);
    this.columns = Object.fromEntries(this.names.map((name) => [name, new Float32Array(1024)]));
  }

  get last() {
    return this.length ? this.epoch[this.length - 1] : -1;
  }

  /** Row number of the newest row at or before `epoch`; -1 when there is none. */
  at(epoch) {
    let low = -1;
    for (let high = this.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.epoch[middle] <= epoch) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The value of a recorded or derived column; derived ones are sums of recorded ones, so they never go stale. */
  value(name, row) {
    if (name === "epoch") return this.clock.epoch(this.epoch[row]);
    if (name === "update") return this.epoch[row];
    const column = this.columns[name];
    if (column) return column[row];
    const terms = this.sums.get(name);
    if (!terms) return NaN;
    let sum = 0;
    for (const [term, factor] of terms) sum += factor * (term === "one" ? 1 : this.columns[term]?.[row] ?? NaN);
    return sum;
  }

  /** Take a block. Rows that are here already stay; a block that leaves a gap after the newest row is refused. */
  add({ from, stride, count, columns }) {
    if (!count) return true;
    if (from > this.last) {
      if (from > this.last + stride) return false;
      this.#append(from, stride, count, columns);
    } else {
      this.#merge(from, stride, count, columns);
    }
    return true;
  }

  /** Forget everything after `epoch` (a run that goes on differently from there). */
  truncate(epoch) {
    this.length = this.at(epoch) + 1;
    this.version++;
  }

  /** A copy of the rows from epoch `first` to `last`, which need not stay as they are here. */
  between(first, last) {
    const copy = Object.assign(new Rows(this.names, this.derived), { clock: this.clock });
    const [start, end] = [Math.max(0, this.at(first)), this.at(last) + 1];
    copy.epoch = this.epoch.slice(start, end);
    for (const name of this.names) copy.columns[name] = this.columns[name].slice(start, end);
    copy.length = copy.epoch.length;
    return copy;
  }

  /** Tell columns as sums {column: factor} of what they were, or as unknown (null); the others stay. */
  convert(columns) {
    const before = { ...this.columns };
    const sum = (terms, row) => Object.entries(terms).reduce((total, [name, factor]) => total + factor * before[name]?.[row], 0);
    for (const [name, terms] of Object.entries(columns)) {
      if (name in before) this.columns[name] = before[name].map((_, row) => (terms ? sum(terms, row) : NaN));
    }
    this.version++;
  }

  /** Whether every epoch from `first` to `last` has its own row. */
  dense(first, last) {
    const start = this.at(first);
    return start >= 0 && this.epoch[start] === first && this.at(last) - start === last - first;
  }

  #grow(length) {
    if (length <= this.epoch.length) return;
    const room = Math.max(length, 2 * this.epoch.length);
    const copy = (array) => { const larger = new array.constructor(room); larger.set(array); return larger; };
    this.epoch = copy(this.epoch);
    for (const name of this.names) this.columns[name] = copy(this.columns[name]);
  }

  #append(from, stride, count, columns) {
    this.#grow(this.length + count);
    for (let i = 0; i < count; i++) this.epoch[this.length + i] = from + i * stride;
    for (const name of this.names) this.columns[name].set(columns[name], this.length);
    this.length += count;
  }

  #merge(from, stride, count, columns) {
    const fresh = [];
    for (let i = 0; i < count; i++) {
      const row = this.at(from + i * stride);
      if (row < 0 || this.epoch[row] !== from + i * stride) fresh.push(i);
    }
    if (!fresh.length) return;
    const old = { length: this.length, epoch: this.epoch, columns: this.columns };
    const total = old.length + fresh.length;
    this.epoch = new Float64Array(total);
    this.columns = Object.fromEntries(this.names.map((name) => [name, new Float32Array(total)]));
    for (let row = 0, i = 0, j = 0; row < total; row++) {
      const takeOld = j >= fresh.length || (i < old.length && old.epoch[i] < from + fresh[j] * stride);
      const source = takeOld ? old.columns : columns;
      const index = takeOld ? i++ : fresh[j++];
      this.epoch[row] = takeOld ? old.epoch[index] : from + index * stride;
      for (const name of this.names) this.columns[name][row] = source[name][index];
    }
    this.length = total;
    this.version++;
  }
}
