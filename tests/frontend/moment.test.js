import assert from "node:assert/strict";
import test from "node:test";

import { keep, linkTo, moments, taken } from "../../thermofit/stage/frontend/moment.js";

const ADDRESS = "https://class.example/app/?lr=0.02&speed=100&epoch=12&chart=landscape";

/** As much of a stage as has a moment: it stands at epoch 412. */
const stage = (parts = {}) => ({
  epoch: 412, changed: [], playing: false, held: false, speed: "1000", setup: "ab12", scene: { bare: false },
  playback: { opening: null, wanted: 0 }, ...parts,
});

/** A tab's storage. */
function storage() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null, setItem: (key, text) => items.set(key, text), removeItem: (key) => items.delete(key),
    items,
  };
}

test("a link names the speed, and the epoch of a picture that stands", () => {
  const [link, says] = linkTo(stage(), ADDRESS);
  assert.equal(link, "https://class.example/app/?lr=0.02&speed=1000&chart=landscape&epoch=412");
  assert.equal(says, "Link copied: it opens exactly this set-up at epoch 412.");
});

test("a link has no epoch while it plays, at the start, while it is open which run comes next, and after a change", () => {
  for (const parts of [{ playing: true }, { epoch: 0 }, { held: true }, { changed: [40] }]) {
    const [link, says] = linkTo(stage(parts), ADDRESS);
    assert.equal(link, "https://class.example/app/?lr=0.02&speed=1000&chart=landscape", JSON.stringify(parts));
    assert.match(says, parts.changed ? /^Link copied: it opens these settings, from epoch 0 on/ : /exactly this set-up\.$/);
  }
});

test("whoever copies a link reads what it can't hold", () => {
  const says = (parts, more = "") => linkTo(stage(parts), ADDRESS + more)[1];
  assert.match(says({}, "&data=own"), /can't hold these readings.*CSV file/);
  assert.match(says({}, "&data=own&readings=1x"), /exactly this set-up/);
  const scene = (...linked) => ({ scene: { board: { rows: [{}, ...linked.map((each) => ({ linked: each }))] } } });
  assert.match(says(scene(true, false), "&data=own&readings=1x"), /pinned runs on other readings of your own are not in it/);
  assert.match(says(scene(true), "&data=own&readings=1x"), /exactly this set-up/);
  assert.match(says(scene(false), "&data=own"), /can't hold these readings/);
});

test("what is kept is where each stage stands or is about to, unless settings were changed on the way", () => {
  const stages = new Map([
    ["lab", stage()], ["lesson loop", stage({ playing: true, epoch: 7 })], ["rates", stage({ scene: { bare: true } })],
    ["changed", stage({ changed: [40] })], ["far", stage({ playback: { opening: {}, wanted: 60000 } })], ["new", stage({ scene: undefined })],
  ]);
  const epochs = Object.entries(moments(stages)).map(([key, { epoch }]) => [key, epoch]);
  assert.deepEqual(epochs, [["lab", 412], ["lesson loop", 7], ["far", 60000]]);
});

test("a page that is loaded again finds the epoch once, for the same stage and set-up", () => {
  const store = storage();
  const listeners = {};
  globalThis.addEventListener = (name, listener) => { listeners[name] = listener; };
  keep(new Map([["lab", stage()], ["landscape stage", stage({ epoch: 0 })]]), store, {});
  listeners.pagehide();
  delete globalThis.addEventListener;
  const before = taken(store, true);
  assert.equal(store.items.size, 0);
  const stoodAt = keep(new Map(), store, before);
  assert.equal(stoodAt("lab", "ab12"), 412);
  assert.equal(stoodAt("lab", "ab12"), undefined); // a stage that is made later stands where the server says
  assert.equal(stoodAt("landscape stage", "other"), undefined);
});

test("a link that is opened in the same tab is followed, whatever was shown there before", () => {
  const store = storage();
  store.setItem("thermofit moments", JSON.stringify({ lab: { setup: "ab12", epoch: 412 } }));
  assert.deepEqual(taken(store, false), {});
  assert.equal(store.items.size, 0);
});

test("without a storage nothing is kept", () => {
  assert.deepEqual(taken(null, true), {});
  assert.equal(keep(new Map(), null)("lab", "ab12"), undefined);
});

test("a link that is copied in a frame opens in a frame again", () => {
  const [link] = linkTo(stage({ epoch: 0 }), "https://class.example/?embed=true&embed_options=show_toolbar&lr=0.02");
  assert.equal(link, "https://class.example/?embed=true&embed_options=show_toolbar&lr=0.02&speed=1000");
});
