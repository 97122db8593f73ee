// What somebody has done that the page has to hear of, one at a time: each is told until it is answered.

export class Wishes {
  constructor() {
    Object.assign(this, { waiting: [], seq: -1 });
  }

  /** `words` go with a question of their own, after those of before; `done()` is called when that is answered. */
  add(words, done = () => {}) {
    this.waiting.push({ words, done });
  }

  /** What is to be told next; undefined if there is nothing. */
  get next() {
    return this.waiting[0]?.words;
  }

  /** The question of this number tells it. */
  sent(seq) {
    this.seq = seq;
  }

  /** The question of this number is answered. */
  received(seq) {
    if (seq !== this.seq) return;
    this.seq = -1;
    this.waiting.shift().done();
  }
}
