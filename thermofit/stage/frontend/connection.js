// The JavaScript half of thermofit/live/protocol.py: one question at a time goes to the server, one binary answer comes
// back. Every answer names its run and the epochs it holds, so one that is lost, late or repeated does no harm.

const PATIENCE = 3000; // ms without an answer before a question is asked again

/** Streamlit sends what comes at one moment in one message, as if from one place: call this when that has left. */
export const nextMessage = (call) => setTimeout(call, 1);

/** An answer: uint32 length of the header, the header as JSON, then the blocks' columns as float32, or their own ones, and batches as uint16. */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const numbers = new Float32Array(bytes.slice(4 + length).buffer);
  let offset = 0;
  for (const block of header.blocks) {
    const names = block.columns ?? header.columns;
    block.columns = {};
    for (const name of names) {
      block.columns[name] = numbers.subarray(offset, (offset += block.count));
    }
  }
  const { batches } = header;
  if (batches) batches.numbers = new Uint16Array(numbers.buffer, 4 * offset, batches.count * batches.width);
  return header;
}

export class Connection {
  /**
   * `describe()` tells what is shown, for each question; `afterwards(call)` calls when the next question may leave;
   * `clock()` tells the time in ms.
   */
  constructor(describe, afterwards = (call) => call(), clock = () => performance.now()) {
    Object.assign(this, { describe, afterwards, clock, send: () => {}, seq: 0, askedAt: 0, due: false, extra: {} });
    this.leaving = false; // whether a question is on its way out
  }

  get inFlight() {
    return this.askedAt > 0 && !this.isLate;
  }

  /** Whether an answer has not come in good time. */
  get isLate() {
    return this.askedAt > 0 && this.clock() - this.askedAt >= PATIENCE;
  }

  /** Ask later: these words go with the next question. */
  wait(extra = {}) {
    Object.assign(this.extra, extra);
    this.due = true;
    return null;
  }

  /** Ask, with these words besides what is shown; while an answer is awaited, they go with the next question. */
  ask(extra = {}) {
    this.wait(extra);
    if (this.inFlight || this.leaving) return null;
    Object.assign(this, { askedAt: this.clock(), due: false, leaving: true });
    const question = { seq: ++this.seq, ...this.describe(), ...this.extra };
    this.extra = {};
    this.send(question);
    this.afterwards(() => { this.leaving = false; });
    return question;
  }

  /** An answer is here. */
  received(seq) {
    if (seq === this.seq) this.askedAt = 0;
  }

  /** What was asked of a run that is gone needs no answer. */
  forget() {
    this.askedAt = 0;
  }

  /** Whether a question may leave now, and none is waiting to. */
  get isFree() {
    return !this.inFlight && !this.leaving && !this.due;
  }

  get isDue() {
    return this.due && !this.inFlight && !this.leaving;
  }
}
