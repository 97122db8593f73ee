// One question in flight, against a server that loses answers, on a clock that the test turns.

import assert from "node:assert/strict";
import test from "node:test";

import { Connection } from "../../thermofit/stage/frontend/connection.js";
import { clock, random } from "./helpers.js";

const PATIENCE = 3000;

/** `leave()` lets what was asked at this moment leave; until then nothing more may be asked. */
function connect() {
  const now = clock(1000);
  const sent = [];
  const calls = [];
  const connection = new Connection(() => ({ at: now() }), (call) => calls.push(call), now);
  connection.send = (question) => sent.push(question);
  const leave = () => calls.splice(0).forEach((call) => call());
  return { now, sent, connection, leave };
}

test("a question tells what is shown and what is asked besides", () => {
  const { sent, connection } = connect();
  connection.ask({ target_epoch: 7 });
  assert.deepEqual(sent, [{ seq: 1, at: 1000, target_epoch: 7 }]);
});

test("while an answer is awaited nothing is sent; what was asked meanwhile goes with the next question", () => {
  const { now, sent, connection, leave } = connect();
  connection.ask();
  leave();
  now.now += 100;
  assert.equal(connection.ask({ target_epoch: 7 }), null);
  assert.equal(connection.ask({ paused: true, target_epoch: 9 }), null);
  assert.ok(!connection.isDue);
  connection.received(1);
  assert.ok(connection.isDue);
  connection.ask();
  assert.deepEqual(sent[1], { seq: 2, at: 1100, target_epoch: 9, paused: true });
  connection.received(2);
  leave();
  now.now += 100;
  connection.ask();
  assert.deepEqual(sent[2], { seq: 3, at: 1200 }); // said once
  assert.ok(!connection.isDue);
});

test("a lost answer is waited for no longer than the patience", () => {
  const { now, sent, connection, leave } = connect();
  connection.ask({ target_epoch: 5 });
  leave();
  connection.ask({ target_epoch: 6 });
  now.now += PATIENCE - 1;
  assert.ok(connection.inFlight && !connection.isLate);
  now.now += 1;
  assert.ok(!connection.inFlight && connection.isLate && connection.isDue);
  connection.ask();
  assert.equal(sent[1].target_epoch, 6);
});

test("only the answer to the last question counts as one", () => {
  const { now, connection, leave } = connect();
  connection.ask();
  leave();
  now.now += PATIENCE;
  connection.ask();
  connection.received(1); // late
  connection.received(0); // to nobody's question
  assert.ok(connection.inFlight);
  connection.received(2);
  assert.ok(!connection.inFlight);
});

test("what was asked of a run that is gone is not waited for, but two questions never leave at one moment", () => {
  const { now, sent, connection, leave } = connect();
  connection.ask();
  connection.forget();
  now.now += 5000; // however long the moment lasts
  assert.equal(connection.ask({ target_epoch: 3 }), null);
  assert.ok(connection.due && !connection.isDue);
  leave();
  assert.ok(connection.isDue);
  connection.ask();
  assert.equal(sent[1].target_epoch, 3);
});

test("whatever is lost: never two under way, never two at one moment, and every word is said in the end", () => {
  for (let seed = 0; seed < 20; seed++) {
    const next = random(seed);
    const { now, sent, connection, leave } = connect();
    const times = [];
    let moment = 0;
    const answers = []; // [when, seq]
    let asked = 0;
    connection.send = (question) => {
      assert.equal(moment++, 0);
      assert.ok(!answers.some(([, seq]) => seq === question.seq - 1) || now() - times.at(-1) >= PATIENCE);
      times.push(now());
      sent.push(question);
      if (next() < 0.7) answers.push([now() + 1 + 4000 * next() ** 4, question.seq]);
    };
    const turn = (words) => {
      now.now += 1 + 15 * next();
      if (next() < 0.8) {
        leave();
        moment = 0;
      }
      for (const answer of answers.filter(([when]) => when <= now())) {
        answers.splice(answers.indexOf(answer), 1);
        connection.received(answer[1]);
      }
      if (words) connection.ask({ [`word ${asked++}`]: true });
      else if (connection.isDue) connection.ask();
    };
    for (let i = 0; i < 3000; i++) turn(next() < 0.1);
    for (let i = 0; i < 1000; i++) turn(false);
    const said = sent.flatMap((question) => Object.keys(question).filter((key) => key.startsWith("word")));
    assert.deepEqual(said, Array.from({ length: asked }, (_, i) => `word ${i}`));
    assert.deepEqual(sent.map(({ seq }) => seq), sent.map((_, i) => i + 1));
  }
});
