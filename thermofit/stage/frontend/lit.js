// Which readings the next step sees: the batches of the steps after some rows around the one shown. The server sends them
// when a question wants them (thermofit/live/dealt.py), so no picture and no answer gets slower as the run gets longer.

const NOBODY = 0xffff; // fills up shorter batches
const MOST = 65_536; // numbers kept; a window that grows beyond begins anew
const LARGE = 256; // readings of a batch from which on it is lit only where the picture stands
const AGAIN = 1000; // ms until the same row is asked for again
const AHEAD = 1; // s of playing for which batches are here beforehand

/** Whether a figure lights a batch. */
const lights = ({ data }) => data.some(({ meta }) => meta?.play === "batch");

export class Lit {
  constructor(clock = () => performance.now()) {
    Object.assign(this, { clock, isWanted: false });
    this.clear();
  }

  /** These figures are shown. */
  show(figures) {
    this.isWanted = figures.some(lights);
  }

  clear() {
    Object.assign(this, { from: 0, count: 0, width: 0, numbers: new Uint16Array(0), asked: -1, askedAt: 0 });
  }

  /** Take what an answer holds, if it does. */
  take(batches) {
    if (!batches) return;
    const { from, count, width, numbers } = batches;
    const joins = from === this.from + this.count && width === this.width && this.numbers.length + numbers.length <= MOST;
    if (!joins) return void Object.assign(this, { from, count, width, numbers: numbers.slice() });
    const joined = new Uint16Array(this.numbers.length + numbers.length);
    joined.set(this.numbers);
    joined.set(numbers, this.numbers.length);
    Object.assign(this, { count: this.count + count, numbers: joined });
  }

  /** The numbers of the readings, from 0 on, that the step after this row sees; null while that is not known. */
  at(row) {
    const place = row - this.from;
    if (place < 0 || place >= this.count) return null;
    return this.numbers.subarray(place * this.width, (place + 1) * this.width).filter((number) => number !== NOBODY);
  }

  /** The first row whose batch is to be asked for now; -1 if there is none. `newest` is the newest row here. */
  lacks(row, newest, { playing, speed, perEpoch }) {
    if (!this.isWanted || row < 0 || (playing && (speed === "max" || this.width > LARGE))) return -1;
    const knows = this.at(row) !== null;
    const next = knows ? this.from + this.count : row;
    const until = playing ? Math.min(row + Number(speed) * perEpoch * AHEAD, newest) : row;
    if (next > until) return -1;
    return next === this.asked && this.clock() - this.askedAt < AGAIN ? -1 : next;
  }

  /** This row is asked for. */
  ask(row) {
    Object.assign(this, { asked: row, askedAt: this.clock() });
    return row;
  }
}
