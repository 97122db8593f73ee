import assert from "node:assert/strict";
import test from "node:test";

import { Sound, pitch } from "../../thermofit/stage/frontend/sound.js";

/** An AudioContext that only writes down what is asked of it. */
function fake() {
  const made = [];
  const parameter = (calls) => new Proxy({}, { get: (_, name) => (...values) => { calls.push([name, ...values]); } });
  const context = {
    currentTime: 0, destination: {}, made, resume() {},
    createOscillator() {
      const calls = [];
      const tone = { calls, frequency: parameter(calls), connect: (next) => next, start() { calls.push(["start"]); }, stop(at) { calls.push(["stop", at]); } };
      made.push(tone);
      return tone;
    },
    createGain() {
      const calls = [];
      return { calls, gain: parameter(calls), connect: (next) => next };
    },
  };
  return context;
}

const plays = (loss) => ({ playing: true, loss, exploded: false });
const stopped = ({ calls }) => calls.some(([name]) => name === "stop");

test("each factor of ten of the loss is an octave, within what is heard", () => {
  assert.equal(pitch(1), 220);
  assert.equal(pitch(10), 440);
  assert.equal(pitch(0.1), 110);
  assert.deepEqual([0, 1e-30, 1e30, Infinity, NaN].map(pitch), [55, 55, 3520, 3520, 3520]);
});

test("it is silent until it is switched on, and makes no context before", () => {
  const sound = new Sound(() => assert.fail("a context"));
  sound.tell(plays(5));
  assert.equal(sound.tone, null);
});

test("while it plays one tone follows the loss; a pause ends it, and Play begins another", () => {
  const context = fake();
  const sound = new Sound(() => context);
  sound.switch(true);
  for (const loss of [100, 10, 1]) sound.tell(plays(loss));
  assert.equal(context.made.length, 1);
  const [tone] = context.made;
  assert.deepEqual(tone.calls.filter(([name]) => name === "setTargetAtTime").map(([, hertz]) => hertz), [880, 440, 220]);
  assert.equal(stopped(tone), false);
  sound.tell({ ...plays(1), playing: false });
  assert.equal(stopped(tone), true);
  sound.tell({ ...plays(1), playing: false });
  assert.equal(context.made.length, 1);
  sound.tell(plays(1));
  assert.equal(context.made.length, 2);
});

test("switched off while it plays it is silent at once", () => {
  const context = fake();
  const sound = new Sound(() => context);
  sound.switch(true);
  sound.tell(plays(3));
  sound.switch(false);
  assert.equal(stopped(context.made[0]), true);
  sound.tell(plays(3));
  assert.equal(context.made.length, 1);
});

test("an explosion is heard once, as another tone that rises, and then nothing is", () => {
  const context = fake();
  const sound = new Sound(() => context);
  sound.switch(true);
  sound.tell(plays(1e9));
  for (let picture = 0; picture < 3; picture++) sound.tell({ playing: picture < 1, loss: NaN, exploded: true });
  assert.equal(context.made.length, 2);
  const [tone, crash] = context.made;
  assert.deepEqual([tone.type, crash.type], ["sine", "sawtooth"]);
  assert.ok(stopped(tone) && stopped(crash));
  const [, from] = crash.calls.find(([name]) => name === "setValueAtTime");
  const [, to] = crash.calls.find(([name]) => name === "exponentialRampToValueAtTime");
  assert.ok(to > 8 * from);
});

test("an explosion that is only looked at again, paused, makes no sound", () => {
  const context = fake();
  const sound = new Sound(() => context);
  sound.switch(true);
  sound.tell({ playing: false, loss: NaN, exploded: true });
  assert.equal(context.made.length, 0);
});
