// The clock: which epoch is shown, and how it moves. It knows nothing of rows but the newest epoch that is here.

const CATCH_UP = 150; // ms: at Max the playhead closes most of the gap to the newest row in this time
const LONGEST_FRAME = 100; // ms: a tab that was hidden goes on where it stood

export class Playback {
  constructor() {
    Object.assign(this, { head: 0, playing: false, wanted: 0, furthest: 0, awaited: 0, speed: undefined, time: 0 });
  }

  /** Move the playhead on to the time `now`, at most to the epoch `newest`, which is here. */
  advance(now, newest, held) {
    const elapsed = Math.min(now - this.time, LONGEST_FRAME);
    this.time = now;
    if (this.isAhead(newest)) return;
    if (this.playing && !held) this.head = Math.min(this.head + this.#step(elapsed, newest), newest);
    if (!this.playing && this.wanted > this.head) this.head = Math.min(this.wanted, newest);
  }

  #step(elapsed, newest) {
    if (this.speed !== "max") return (Number(this.speed) * elapsed) / 1000;
    return Math.max(1, (newest - this.head) * (1 - Math.exp(-elapsed / CATCH_UP)));
  }

  play() {
    Object.assign(this, { playing: true, wanted: 0 });
  }

  /** Stand still at `epoch`. */
  pause(epoch) {
    if (this.playing) Object.assign(this, { playing: false, head: epoch, wanted: 0 });
  }

  /** Show `epoch`, as soon as it is here. */
  go(epoch, newest) {
    this.wanted = epoch;
    this.head = Math.min(Math.max(0, epoch), newest);
  }

  /** Where so many steps lead, within 0 and `limit`; steps beyond the newest row are remembered. */
  stepped(by, limit) {
    const from = Math.min(Math.max(this.wanted, Math.floor(this.head)), limit);
    return Math.max(0, Math.min(from + by, limit));
  }

  /** Stand at `epoch` of a run that begins there. */
  restart(epoch) {
    Object.assign(this, { playing: false, wanted: 0, awaited: 0, head: epoch, furthest: 0 });
  }

  /** Go on from where it stands in the same run, all of whose rows have to come again. */
  resume() {
    const awaited = Math.floor(this.head);
    Object.assign(this, { awaited, wanted: awaited });
  }

  /** The run ends at `epoch`: no later one comes. */
  endsAt(epoch) {
    this.awaited = Math.min(this.awaited, epoch);
    if (!this.playing && this.wanted > epoch) this.wanted = epoch;
  }

  /** Whether the epoch where it stands has not come again yet. */
  isAhead(newest) {
    if (newest >= this.awaited) this.awaited = 0;
    return this.awaited > 0;
  }

  /** Go on from `base`, where the run parts from the one before. */
  branch(base) {
    Object.assign(this, { head: Math.min(this.head, base), furthest: base, wanted: 0 });
  }
}
