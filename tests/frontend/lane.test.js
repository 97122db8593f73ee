// The stage's socket, against a server that refuses, falls silent, comes back or forgets.

import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import { Lane } from "../../thermofit/stage/frontend/lane.js";
import { table } from "./helpers.js";

const [{ message, header }] = table("live/protocol_examples.json").answers;
const ANSWER = Uint8Array.from(Buffer.from(message, "base64")).buffer;
const READY = '{"ready":true}';
const [LOST, UNKNOWN] = [1006, 4001]; // close codes

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

/** A lane whose sockets the test plays. */
function opened(token = "token") {
  const made = { sockets: [], answers: [], refused: 0 };
  const open = () => {
    const socket = { sent: [], send: (text) => socket.sent.push(text), close: () => { socket.closed = true; } };
    made.sockets.push(socket);
    return socket;
  };
  made.lane = new Lane(() => ({ at: 3 }), (answer) => made.answers.push(answer), () => made.refused++, open);
  made.accept = () => {
    made.sockets.at(-1).onopen();
    made.sockets.at(-1).onmessage({ data: READY });
  };
  made.lane.use(token);
  return made;
}

test("the token goes first, and questions go when the server is ready", () => {
  const { lane, sockets: [socket], answers } = opened();
  socket.onopen();
  assert.deepEqual(socket.sent, ["token"]);
  assert.ok(!lane.isOpen); // whatever lies in between may take a token and say nothing
  socket.onmessage({ data: READY });
  assert.ok(lane.isOpen);
  lane.connection.ask({ dense: true });
  assert.deepEqual(JSON.parse(socket.sent[1]), { seq: 1, at: 3, dense: true });
  lane.connection.seq = header.seq;
  socket.onmessage({ data: ANSWER });
  assert.ok(!lane.connection.inFlight);
  assert.equal(answers[0].run, header.run);
});

test("a lost connection is tried again, after longer and longer waits, and again soon once it has worked", () => {
  const { lane, sockets, accept } = opened();
  accept();
  for (const wait of [500, 1000, 2000, 5000, 15_000, 60_000, 60_000]) {
    const count = sockets.length;
    lane.connection.ask();
    sockets.at(-1).onclose({ code: LOST });
    assert.ok(!lane.isOpen && !lane.connection.inFlight);
    mock.timers.tick(wait - 1);
    assert.equal(sockets.length, count);
    mock.timers.tick(1);
    assert.equal(sockets.length, count + 1);
  }
  accept();
  assert.ok(lane.isOpen);
  sockets.at(-1).onclose({ code: LOST });
  mock.timers.tick(500);
  assert.equal(sockets.length, 9);
});

test("a token that nobody knows is not tried again: the page is asked, and may name the same or another one", () => {
  const { lane, sockets, ...made } = opened();
  sockets[0].onopen();
  sockets[0].onmessage({ data: '{"error":"unknown token"}' });
  sockets[0].onclose({ code: UNKNOWN });
  mock.timers.tick(100_000);
  assert.equal(sockets.length, 1);
  lane.use("token");
  assert.equal(sockets.length, 2);
  lane.use("token");
  assert.equal(sockets.length, 2);
  lane.use("another");
  assert.ok(sockets[1].closed);
  sockets[2].onopen();
  assert.deepEqual(sockets[2].sent, ["another"]);
});

test("a refused token is told once", () => {
  const made = opened();
  made.sockets[0].onclose({ code: UNKNOWN });
  assert.equal(made.refused, 1);
});

test("an answer that is overdue closes the connection, which is then tried again", () => {
  const { lane, sockets, accept } = opened();
  accept();
  lane.drop();
  assert.ok(sockets[0].closed && !lane.isOpen);
  mock.timers.tick(500);
  assert.equal(sockets.length, 2);
});

test("what a socket tells after it was left is not heard", () => {
  const { lane, sockets, answers, accept } = opened();
  accept();
  lane.close();
  sockets[0].onmessage({ data: ANSWER });
  sockets[0].onclose({ code: LOST });
  mock.timers.tick(100_000);
  assert.deepEqual([answers.length, sockets.length, lane.isOpen], [0, 1, false]);
  lane.resume();
  assert.equal(sockets.length, 2);
  lane.resume();
  assert.equal(sockets.length, 2);
});

test("an error gets no answer, and does no harm", () => {
  const { lane, sockets, answers, accept } = opened();
  accept();
  sockets[0].onmessage({ data: '{"error":"a question is JSON"}' });
  assert.ok(lane.isOpen && answers.length === 0);
});

test("without a token nothing is opened", () => {
  assert.equal(opened("").sockets.length, 0);
});
