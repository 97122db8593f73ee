import assert from "node:assert/strict";
import test from "node:test";

import { Playback } from "../../thermofit/stage/frontend/playback.js";
import { statusText } from "../../thermofit/stage/frontend/status.js";

const STANDS = { typing: false, ended: false, end: null, playing: false, note: "", epoch: 0, changed: [], calm: true };

/** How often another epoch is shown in `seconds` of playing at this speed, with 50 pictures a second, and the last one. */
function shown(calm, speed, seconds, newest) {
  const playback = Object.assign(new Playback(() => calm), { speed });
  playback.advance(0, newest, false);
  playback.play();
  let changes = 0;
  for (let now = 20; now <= 1000 * seconds; now += 20) {
    const before = Math.floor(playback.head);
    playback.advance(now, newest, false);
    changes += Math.floor(playback.head) !== before;
  }
  return [changes, Math.floor(playback.head)];
}

test("where less motion is asked for a run is shown in one picture per second, and is as fast as else", () => {
  for (const speed of ["10", "100", "1000"]) {
    const [film] = shown(false, speed, 5, 1e6);
    const [steps, epoch] = shown(true, speed, 5, 1e6);
    assert.ok(film > 40);
    assert.ok(steps >= 4 && steps <= 6, String(steps));
    assert.ok(Math.abs(epoch - 5 * Number(speed)) <= Number(speed));
  }
});

test("at Max, too: each picture is of the newest epoch, or near it", () => {
  const [steps, epoch] = shown(true, "max", 5, 3000);
  assert.ok(steps <= 6 && epoch >= 2990);
});

test("the status says so, before and while it plays", () => {
  assert.match(statusText(STANDS), /asks for less motion: press Play to see one picture per second/);
  assert.match(statusText({ ...STANDS, playing: true }), /one picture per second/);
  assert.doesNotMatch(statusText({ ...STANDS, calm: false }), /motion/);
  assert.equal(statusText({ ...STANDS, epoch: 7 }), "Paused at epoch 7.");
});
