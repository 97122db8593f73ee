// The clock, compared with simple formulas.

import assert from "node:assert/strict";
import test from "node:test";

import { Playback } from "../../thermofit/stage/frontend/playback.js";

const FRAME = 16;

/** A clock that plays at this speed, looked at once at 1000 ms. */
function playing(speed, newest = 1e9) {
  const playback = Object.assign(new Playback(), { speed });
  playback.advance(1000, newest, false);
  playback.play();
  return playback;
}

test("after t seconds it stands at speed × t", () => {
  for (const speed of ["1", "10", "100", "1000"]) {
    const playback = playing(speed);
    for (let now = 1000 + FRAME; now <= 3000; now += FRAME) playback.advance(now, 1e9, false);
    assert.ok(Math.abs(playback.head - Number(speed) * 2) < 1e-6 * Number(speed));
  }
});

test("it never passes the newest epoch, and goes on when there is a newer one", () => {
  const playback = playing("1000");
  for (let now = 1016; now < 2000; now += FRAME) playback.advance(now, 50, false);
  assert.equal(playback.head, 50);
  playback.advance(2016, 1e9, false);
  assert.ok(playback.head > 50);
});

test("it stands while it is not known which run comes next", () => {
  const playback = playing("100");
  for (let now = 1016; now < 2000; now += FRAME) playback.advance(now, 1e9, true);
  assert.equal(playback.head, 0);
});

test("at Max it sets off at once, however long it stood still", () => {
  const playback = Object.assign(new Playback(), { speed: "max" });
  for (let now = 1000; now <= 11_000; now += FRAME) playback.advance(now, 3000, false);
  playback.play();
  for (let now = 11_000 + FRAME; now <= 11_000 + 3 * FRAME; now += FRAME) playback.advance(now, 3000, false);
  assert.ok(playback.head > 100);
});

test("a tab that was hidden for an hour goes on where it stood", () => {
  const playback = playing("100");
  playback.advance(1000 + 3_600_000, 1e9, false);
  assert.equal(playback.head, 10); // a tenth of a second's worth
});

test("at Max the gap to the newest epoch closes as exp(-t / 150 ms), at least one epoch a picture", () => {
  const playback = playing("max");
  for (let now = 1000 + FRAME; now <= 1480; now += FRAME) playback.advance(now, 100_000, false);
  assert.ok(playback.time > 1400);
  assert.ok(Math.abs(100_000 - playback.head - 100_000 * Math.exp((1000 - playback.time) / 150)) < 1e-6);
  for (let now = 1496; now < 6000; now += FRAME) playback.advance(now, 100_000, false);
  assert.equal(playback.head, 100_000);
});

test("at Max about 36 pictures a second are drawn, whatever the screen could show", () => {
  for (const frame of [4, 7, 1000 / 60, 25]) {
    const playback = playing("max");
    let pictures = 0;
    for (let now = 1000 + frame, before = 0; now <= 3000; now += frame, before = playback.head) {
      playback.advance(now, 1e9, false);
      if (playback.head > before) pictures++;
    }
    assert.ok(pictures >= 66 && pictures <= 73, `${pictures} pictures in 2 s at ${frame} ms`);
  }
});

test("at Max the last epochs of a run that was awaited come at the pace of those before", () => {
  const playback = playing("max");
  let now = 1000;
  for (let newest = 0; newest < 20_000; newest += 2000) {
    for (let i = 0; i < 12; i++) playback.advance((now += FRAME), newest + 2000, false, newest < 18_000 ? undefined : 20_000);
  }
  const begun = now;
  while (playback.head < 20_000) playback.advance((now += FRAME), 20_000, false, 20_000);
  assert.ok(now - begun < 300, `${now - begun} ms`);
});

test("at Max a run that is here already is not over at once", () => {
  const playback = playing("max", 60_000);
  let now = 1000;
  while (playback.head < 60_000) playback.advance((now += FRAME), 60_000, false, 60_000);
  assert.ok(now > 2000);
});

test("an epoch that is not here yet is shown as soon as it is", () => {
  const playback = new Playback();
  playback.go(80, 30);
  assert.equal(playback.head, 30);
  playback.advance(16, 60, false);
  assert.equal(playback.head, 60);
  playback.advance(32, 500, false);
  assert.equal(playback.head, 80);
  playback.go(-4, 500);
  assert.equal(playback.head, 0);
});

test("steps add up, also beyond the newest row, and stay within the run", () => {
  const playback = new Playback();
  for (let i = 0; i < 5; i++) playback.go(playback.stepped(1, 1000), 2);
  assert.deepEqual([playback.head, playback.wanted], [2, 5]);
  assert.equal(playback.stepped(-1, 1000), 4);
  assert.equal(playback.stepped(1, 5), 5);
  assert.equal(playback.stepped(-9, 1000), 0);
  playback.go(7, 1000);
  assert.equal(playback.stepped(1, 3), 3);
});

test("Pause stands at the epoch shown; a second Pause changes nothing", () => {
  const playback = playing("100");
  playback.advance(1090, 1e9, false);
  playback.pause(9);
  playback.pause(4);
  assert.deepEqual([playback.playing, playback.head], [false, 9]);
});

test("a run that goes on differently starts from the parting, another run from its own epoch", () => {
  const playback = Object.assign(playing("10"), { head: 90, furthest: 120 });
  playback.branch(40);
  assert.deepEqual([playback.playing, playback.head, playback.furthest], [true, 40, 40]);
  playback.branch(60); // the playhead is not there yet
  assert.equal(playback.head, 40);
  playback.restart(12);
  assert.deepEqual([playback.playing, playback.head, playback.furthest], [false, 12, 0]);
});

test("a run whose rows all have to come again stands still until they have, and goes on as before", () => {
  for (const playing of [true, false]) {
    const playback = Object.assign(new Playback(), { head: 120.7, speed: "100", playing });
    playback.resume();
    assert.equal(playback.arrived(false, 4), false);
    playback.advance(1000, 4);
    assert.ok(playback.opening.stays && playback.head === 120);
    assert.equal(playback.arrived(false, 119), false);
    assert.equal(playback.arrived(false, 300), playing);
    assert.deepEqual([playback.head, playback.opening], [120, null]);
  }
});

test("a run opens at its epoch once that is here, and plays on from there if the link says so", () => {
  for (const plays of [false, true]) {
    const playback = new Playback();
    playback.restart(500);
    assert.equal(playback.arrived(plays, 4), false);
    assert.equal(playback.arrived(false, 499), false); // the first answer alone says that it plays
    playback.advance(16, 499, false);
    assert.deepEqual([playback.head, Boolean(playback.opening)], [500, true]);
    assert.equal(playback.arrived(false, 504), plays);
    assert.deepEqual([playback.head, playback.opening], [500, null]);
  }
});

test("a run that opens at epoch 0 plays at once", () => {
  const playback = new Playback();
  playback.restart(0);
  assert.deepEqual([playback.arrived(true, 4), playback.arrived(false, 8)], [true, false]);
});

test("a run that ends before the epoch at which it opens shows its end, and does not play", () => {
  const playback = new Playback();
  playback.restart(500);
  assert.equal(playback.arrived(true, 4), false);
  assert.equal(playback.arrived(false, 10, 10), false);
  assert.deepEqual([playback.head, playback.wanted, playback.opening, playback.playing], [10, 10, null, false]);
});

test("what is pressed while a run opens goes before: it no longer plays or moves by itself", () => {
  for (const press of [(made) => made.pause(40), (made) => { made.pause(40); made.go(40, 40); }]) {
    const playback = new Playback();
    playback.restart(500);
    playback.arrived(true, 40);
    press(playback);
    assert.equal(playback.arrived(false, 600), false);
    playback.advance(16, 600, false);
    assert.deepEqual([playback.head, playback.playing], [40, false]);
  }
});
