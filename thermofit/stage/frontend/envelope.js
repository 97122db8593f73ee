// Which rows to draw of a long curve.

// Any number is better than none: rows of a loss beyond float32 hold NaN.
const below = (a, b) => a < b || Number.isNaN(b);
const above = (a, b) => a > b || Number.isNaN(b);

/**
 * A curve of at most about 4 × BUCKETS points however long the run is. Rows are gathered in buckets of equal size and
 * each bucket keeps the rows where `name` is smallest and largest, so a spike stays visible; when there are
 * too many buckets, neighbours join. Rows are looked at once.
 */
export class Envelope {
  static BUCKETS = 160;

  constructor(rows, name, buckets = Envelope.BUCKETS) {
    Object.assign(this, { rows, name, buckets });
    this.reset();
  }

  reset() {
    Object.assign(this, { size: 1, seen: 0, low: [], high: [], version: this.rows.version });
  }

  /** Row numbers to draw for the curve up to row `end`, in order. */
  upTo(end) {
    if (this.version !== this.rows.version) this.reset();
    this.#look();
    const full = Math.min(Math.floor((end + 1) / this.size), this.low.length);
    const picked = [0];
    const push = (row) => { if (row > picked[picked.length - 1]) picked.push(row); };
    const both = (low, high) => { push(Math.min(low, high)); push(Math.max(low, high)); };
    for (let bucket = 0; bucket < full; bucket++) both(this.low[bucket], this.high[bucket]);
    if (full * this.size <= end) both(...this.#extremes(full * this.size, end));
    push(end);
    return picked;
  }

  #look() {
    while (this.seen + this.size <= this.rows.length) {
      const [low, high] = this.#extremes(this.seen, this.seen + this.size - 1);
      this.low.push(low);
      this.high.push(high);
      this.seen += this.size;
      if (this.low.length >= 2 * this.buckets) this.#join();
    }
  }

  #extremes(first, last) {
    let low = first;
    let high = first;
    for (let row = first + 1; row <= last; row++) {
      const value = this.rows.value(this.name, row);
      if (below(value, this.rows.value(this.name, low))) low = row;
      if (above(value, this.rows.value(this.name, high))) high = row;
    }
    return [low, high];
  }

  #join() {
    const better = (rows, wins) => rows.filter((_, i) => i % 2 === 0).map((row, i) => {
      const other = rows[2 * i + 1];
      return wins(this.rows.value(this.name, other), this.rows.value(this.name, row)) ? other : row;
    });
    this.low = better(this.low, below);
    this.high = better(this.high, above);
    this.size *= 2;
  }
}
