// The messages that the Python half is held to as well (tests/live/test_protocol.py): questions as the stage really
// asks them, and answers as it reads them.

import assert from "node:assert/strict";
import test from "node:test";

import { Actions } from "../../thermofit/stage/frontend/actions.js";
import { unpack } from "../../thermofit/stage/frontend/connection.js";
import { Edits } from "../../thermofit/stage/frontend/edits.js";
import { Playback } from "../../thermofit/stage/frontend/playback.js";
import { Questions } from "../../thermofit/stage/frontend/questions.js";
import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { Wishes } from "../../thermofit/stage/frontend/wishes.js";
import { block, clock, table } from "./helpers.js";

const EXAMPLES = table("live/protocol_examples.json");

/** As much of a stage as asks questions: paused at epoch 100, with rows up to 120. */
function stage(parts = {}) {
  const rows = new Rows(["w"]);
  rows.add(block({ w: (epoch) => epoch }, 0, 121));
  const playback = Object.assign(new Playback(), { head: 100, speed: "100" });
  const watch = { isLost: () => false, isDue: () => false, sent() {}, commit() {} };
  const made = {
    run: "run-7", scene: { id: "5ce9e1d", epochs: 3000 }, theme: "dark", rows, playback, watch, changed: [], held: false,
    tracks: new Tracks(), wishes: new Wishes(), pageChange: { isUnderWay: false }, hand: { isActive: false, dropped: null, sent() {} },
    get epoch() { return Math.floor(playback.head); },
    get speed() { return playback.speed; },
    get playing() { return playback.playing; },
    say() {},
    brief: { end() {} },
    ask(extra) { made.questions.ask(extra); },
    ...parts,
  };
  made.questions = new Questions(made);
  made.questions.page.clock = clock(1000);
  made.actions = new Actions(made);
  return made;
}

const tick = (made, now = 2000) => made.questions.keepAsking(now);

const READINGS = { of: "5e7", inputs: [1, 2, 3], targets: [4, 5, 6], most: { reading: 1e6, points: 200 }, fewest: 2 };

function edits(made, act) {
  const hand = new Edits((words, done) => made.wishes.add(words, done));
  hand.show(READINGS);
  return [made, () => { act(hand); tick(made); }];
}

// What a person or the stage does before each of the recorded questions.
const DOES = {
  "nothing is known yet": () => {
    const made = stage({ run: undefined, scene: undefined, rows: undefined, theme: "light" });
    Object.assign(made.playback, { head: 0, speed: undefined });
    return [made, () => made.ask()];
  },
  "plays at 100 epochs per second": (made = stage()) => [made, () => made.actions.play()],
  "plays at Max": (made = stage()) => [made, () => { made.actions.speed("max"); made.actions.play(); }],
  "opens at an epoch that is still to be trained": (made = stage()) => {
    made.playback.restart(2500);
    Object.defineProperty(made, "epoch", { value: 120 }); // the newest row, until that is here
    return [made, () => tick(made)];
  },
  "stands still": (made = stage()) => [made, () => { made.questions.movedAt = 1; tick(made); }],
  "steps back among rows that were left out": (made = stage()) => {
    made.rows.truncate(90);
    made.rows.add(block({ w: (epoch) => epoch }, 96, 5, 8));
    return [made, () => made.actions.back()];
  },
  "a setting was touched": (made = stage()) => {
    made.watch.isDue = () => true;
    return [made, () => tick(made)];
  },
  "says where settings change": (made = stage()) => [made, () => made.questions.tellWhere(3)],
  "Reset after a change": (made = stage({ changed: [40] })) => [made, () => made.actions.reset()],
  "a chart was clicked": (made = stage()) => [made, () => made.ask({ click: { x: 1.5, y: -3 } })],
  "the line was moved by hand": (made = stage()) => {
    made.hand.dropped = { w: 0.5, b: -17.5 };
    return [made, () => tick(made)];
  },
  "lacks the rows of a pin": (made = stage()) => {
    made.tracks.shape(["w"], {}, { "pin-1": {} });
    made.tracks.add(block({ w: (epoch) => epoch }, 0, 121));
    return [made, () => tick(made)];
  },
  "a row of the board was renamed": (made = stage()) =>
    [made, () => { made.wishes.add({ act: { do: "rename", track: "pin-1", name: "Slow but sure" } }); tick(made); }],
  "the run is to be pinned": (made = stage()) => [made, () => { made.actions.pin(); tick(made); }],
  "a point was moved": (made = stage()) => edits(made, (hand) => { hand.hold(2, 35.5, -1); hand.drop(); }),
  "a point was added": (made = stage()) => edits(made, (hand) => hand.add(35.5, -1)),
  "a point was removed": (made = stage()) => edits(made, (hand) => hand.remove(2)),
  "lights the next batch": (made = stage()) => [made, () => { made.tracks.lit.isWanted = true; tick(made); }],
};

/** The first question that the stage asks, as it travels. */
function asked({ name, asked: { seq } }) {
  const [made, act] = DOES[name]();
  const sent = [];
  Object.assign(made.questions.page, { seq: seq - 1, send: (question) => sent.push(question) });
  act();
  assert.equal(sent.length, 1, name);
  return JSON.parse(JSON.stringify(sent[0]));
}

for (const example of EXAMPLES.questions) {
  test(`asks: ${example.name}`, () => assert.deepEqual(asked(example), example.asked));
}

test("the stage's questions have the fields that the server reads, all of them and no others", () => {
  const fields = new Set(EXAMPLES.questions.flatMap((example) => Object.keys(asked(example))));
  assert.deepEqual([...fields].sort(), [...EXAMPLES.question_fields].sort());
});

for (const { name, message, header, rows } of EXAMPLES.answers) {
  test(`reads: ${name}`, () => {
    const answer = unpack(Uint8Array.from(Buffer.from(message, "base64")));
    const told = ({ columns, ...others }) => others;
    assert.deepEqual({ ...answer, blocks: answer.blocks.map(told) }, { ...header, blocks: header.blocks.map(told) });
    answer.blocks.forEach(({ columns, count }, i) => {
      const names = header.blocks[i].columns ?? header.columns;
      assert.deepEqual(Object.keys(columns), names);
      const values = Array.from({ length: count }, (_, row) => names.map((column) => columns[column][row]));
      assert.deepEqual(values, rows[i].map((row) => row.map((value) => (value === "inf" ? Infinity : Number(value)))));
    });
  });
}

test("reads the batches and the clock of a run with mini-batches", () => {
  const { message, header, numbers } = EXAMPLES.lit[0];
  const answer = unpack(new Uint8Array(Buffer.from(message, "base64")));
  const tracks = new Tracks();
  tracks.shape(header.columns, {});
  assert.deepEqual(tracks.take(answer), []);
  numbers.forEach((batch, i) => {
    assert.deepEqual([...tracks.lit.at(header.batches.from + i)], batch.filter((number) => number !== 0xffff));
  });
  assert.equal(tracks.lit.at(header.batches.from + numbers.length), null);
  assert.equal(tracks.run.clock.told(7), "epoch 2.3, update 7");
});

test("an answer reads the same wherever it lies in a larger buffer", () => {
  const { message, header } = EXAMPLES.answers[0];
  const bytes = Buffer.from(message, "base64");
  for (let offset = 0; offset < 8; offset++) {
    const within = new Uint8Array(bytes.length + 16).fill(7);
    within.set(bytes, offset);
    const answer = unpack(within.subarray(offset, offset + bytes.length));
    assert.deepEqual(answer.columns, header.columns);
    assert.equal(answer.blocks[0].columns.w.length, header.blocks[0].count);
  }
});
