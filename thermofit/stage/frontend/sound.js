// A run as sound: while it plays, the training loss is a tone. Each factor of ten is an octave, so that a falling loss is
// heard to fall however large it is. An explosion is a harsh tone that rushes up and breaks off. Off until it is switched on.

const ONE = 220; // Hz for a loss of 1
const [LOWEST, HIGHEST] = [55, 3520]; // Hz
const LOUD = 0.06; // of full volume
const GLIDE = 0.03; // s in which the tone follows
const FADE = 0.05; // s to fall silent, without a click
const CRASH = 1.2; // s that an explosion lasts

/** The tone of a loss, in Hz; the highest one for what is no number any more. */
export function pitch(loss) {
  const tone = ONE * 2 ** Math.log10(loss);
  return Number.isNaN(tone) ? HIGHEST : Math.min(Math.max(tone, LOWEST), HIGHEST);
}

export class Sound {
  /** `makeContext()` makes an AudioContext; a browser lets it sound only after something was pressed. */
  constructor(makeContext = () => new AudioContext()) {
    Object.assign(this, { makeContext, on: false, tone: null, crashed: false });
  }

  switch(on) {
    this.on = on;
    if (!on) return this.#silence();
    this.context ??= this.makeContext();
    return this.context.resume();
  }

  /** A picture is shown: of a run that plays, or not, with this loss; `exploded` at the end of one that did. */
  tell({ playing, loss, exploded }) {
    if (!this.on) return;
    if (exploded && this.tone && !this.crashed) this.#crash();
    this.crashed = exploded;
    if (!playing || exploded) return this.#silence();
    this.tone ??= this.#start("sine", pitch(loss), LOUD);
    this.tone.oscillator.frequency.setTargetAtTime(pitch(loss), this.context.currentTime, GLIDE);
  }

  #start(type, frequency, volume) {
    const { context } = this;
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    oscillator.type = type;
    oscillator.frequency.setValueAtTime(frequency, context.currentTime);
    gain.gain.setValueAtTime(volume, context.currentTime);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start();
    return { oscillator, gain };
  }

  #silence() {
    if (!this.tone) return;
    const { tone: { oscillator, gain }, context: { currentTime: now } } = this;
    this.tone = null;
    gain.gain.setTargetAtTime(0, now, FADE / 3);
    oscillator.stop(now + FADE);
  }

  #crash() {
    const { oscillator, gain } = this.#start("sawtooth", HIGHEST / 16, 2 * LOUD);
    const end = this.context.currentTime + CRASH;
    oscillator.frequency.exponentialRampToValueAtTime(HIGHEST, end);
    gain.gain.setValueAtTime(2 * LOUD, end - FADE);
    gain.gain.linearRampToValueAtTime(0, end);
    oscillator.stop(end);
  }
}
