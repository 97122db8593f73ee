// Which way a question goes: rows by the lane while it is open, everything else through the page.

import assert from "node:assert/strict";
import test from "node:test";

import { Playback } from "../../thermofit/stage/frontend/playback.js";
import { Questions } from "../../thermofit/stage/frontend/questions.js";
import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { Wishes } from "../../thermofit/stage/frontend/wishes.js";
import { block, clock } from "./helpers.js";

const PATIENCE = 3000;

function asking(isOpen) {
  const rows = new Rows(["w"]);
  rows.add(block({ w: (epoch) => epoch }, 0, 121));
  const playback = Object.assign(new Playback(), { head: 100, speed: "100", playing: true });
  const watch = { isLost: () => false, isDue: () => false, sent() {} };
  const stage = { run: "3fa8-7", scene: { id: "s" }, rows, playback, watch, epoch: 100, speed: "100", playing: true, tracks: new Tracks(), wishes: new Wishes() };
  const questions = new Questions(Object.assign(stage, { pageChange: { isUnderWay: false }, hand: { sent() {} } }));
  const [now, sent] = [clock(1000), { page: [], lane: [] }];
  Object.assign(questions.page, { clock: now, afterwards: (call) => call(), send: (question) => sent.page.push(question) });
  Object.assign(questions.lane.connection, { clock: now, send: (question) => sent.lane.push(question) });
  questions.lane.isOpen = isOpen;
  return { questions, sent, now, stage };
}

for (const isOpen of [true, false]) {
  test(`rows come ${isOpen ? "by the open lane" : "through the page while the lane is closed"}`, () => {
    const { questions, sent } = asking(isOpen);
    questions.askAhead();
    questions.keepAsking(0);
    assert.deepEqual([sent.lane.length, sent.page.length], isOpen ? [1, 0] : [0, 1]);
    assert.equal((sent.lane[0] ?? sent.page[0]).target_epoch, 290);
  });

  test(`the page hears what changes it, the lane ${isOpen ? "open" : "closed"}`, () => {
    for (const word of ["paused", "held", "change", "restart", "click", "start", "act", "pin"]) {
      const { questions, sent } = asking(isOpen);
      questions.ask({ [word]: true });
      assert.ok(sent.page[0][word] && sent.lane.length === 0);
    }
  });
}

test("rows do not wait for the page", () => {
  const { questions, sent } = asking(true);
  questions.ask({ paused: true });
  questions.askAhead();
  assert.deepEqual([sent.page.length, sent.lane.length], [1, 1]);
});

test("an answer that is overdue on the lane is asked for through the page", () => {
  const { questions, sent, now } = asking(true);
  questions.askAhead();
  questions.lane.socket = { close() {} };
  now.now += PATIENCE;
  questions.keepAsking(0);
  questions.lane.close(); // no further tries in this test
  assert.equal(sent.page[0].target_epoch, 290);
});

test("while a setting travels, the page is asked what it means and nothing else", () => {
  const { questions, sent, stage } = asking(true);
  stage.watch.unsettled = true;
  questions.ask({ paused: true });
  assert.equal(sent.page.length, 0);
  questions.ask({ held: true });
  assert.ok(sent.page[0].held && sent.page[0].paused);
});

for (const isOpen of [true, false]) {
  test(`a track that is not here is asked for in turn with the run's rows, the lane ${isOpen ? "open" : "closed"}`, () => {
    const { questions, sent, stage, now } = asking(isOpen);
    stage.tracks.shape(["w"], {}, { "pin-1": {}, "pin-2": {} });
    stage.tracks.add(block({ w: (epoch) => epoch }, 0, 121));
    const way = isOpen ? sent.lane : sent.page;
    const connection = isOpen ? questions.lane.connection : questions.page;
    const next = () => {
      questions.keepAsking(0);
      connection.received(connection.seq);
      return way.at(-1);
    };
    assert.equal(next().track, "pin-1");
    assert.deepEqual([next().track, next().track, next().track], [undefined, undefined, undefined]); // not known yet
    questions.pull("pin-1"); // it is known: its rows will come
    assert.equal(next().track, "pin-1");
    stage.tracks.add({ track: "pin-1", ...block({ w: (epoch) => epoch }, 0, 5) });
    assert.deepEqual([next().track, next().track], [undefined, "pin-2"]);
    now.now += 1000;
    assert.deepEqual([next().track, next().track], [undefined, "pin-2"]);
    assert.ok(way.every(({ track, target_epoch }) => !track || target_epoch === undefined));
  });
}

test("rows that lack what is shown are asked for again from the first one on, up to the newest that is here, once", () => {
  const { questions, sent, stage } = asking(true);
  stage.tracks.set("run", stage.rows);
  stage.tracks.shape(["w"], {});
  questions.askForMissing();
  assert.equal(sent.lane.length, 0);
  stage.tracks.shape(["w", "seconds"], {});
  questions.askForMissing();
  const { newest_row, target_epoch, seek } = sent.lane[0];
  assert.deepEqual([newest_row, target_epoch, seek], [-1, 120, true]);
  stage.tracks.add(block({ w: (epoch) => epoch, seconds: (epoch) => epoch }, 0, 121));
  stage.rows = stage.tracks.run;
  questions.lane.connection.received(sent.lane[0].seq);
  questions.askForMissing();
  assert.equal(sent.lane.length, 1);
});
