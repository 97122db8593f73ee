// Readings in somebody's hand: what the server is told, and what is shown until it has answered.

import assert from "node:assert/strict";
import test from "node:test";

import { Edits } from "../../thermofit/stage/frontend/edits.js";
import { fitNumbers } from "../../thermofit/stage/frontend/fit_numbers.js";
import { moved } from "../../thermofit/stage/frontend/readings_drawn.js";

const readings = (of = "a", inputs = [1, 2, 4], targets = [3, 5, 8]) => ({
  of, inputs, targets, training: [2, 0], scaling: "standardize", loss: "mse", most: { reading: 1e6, points: 4 }, fewest: 2,
  traces: { squares: [0], residuals: [1], closed: [2], markers: [3] },
});

function hand() {
  const sent = [];
  const edits = new Edits((words, done) => sent.push({ ...words.edit, done }));
  edits.show(readings());
  return { edits, sent };
}

const told = ({ done, ...words }) => words;

test("a point that was moved is told once it is let go of", () => {
  const { edits, sent } = hand();
  edits.hold(1, 2.5, 6);
  edits.hold(1, 2.5, 7);
  assert.deepEqual([edits.inputs, edits.targets, sent], [[1, 2.5, 4], [3, 7, 8], []]);
  assert.ok(edits.drop());
  assert.deepEqual(sent.map(told), [{ do: "move", of: "a", row: 1, x: 2.5, y: 7 }]);
  assert.ok(!edits.drop());
});

test("a point that is put back, by Escape or by hand, is not told", () => {
  const { edits, sent } = hand();
  edits.hold(1, 9, 9);
  edits.cancel();
  assert.deepEqual([edits.inputs[1], edits.targets[1]], [2, 5]);
  edits.hold(1, 2, 5);
  assert.ok(!edits.drop());
  assert.deepEqual(sent, []);
});

test("places out of range become the nearest one, and what is no number is not held", () => {
  const { edits } = hand();
  edits.hold(0, 1e9, -1e9);
  assert.deepEqual([edits.inputs[0], edits.targets[0]], [1e6, -1e6]);
  edits.hold(0, NaN, 0);
  edits.hold(7, 0, 0);
  assert.deepEqual([edits.inputs[0], edits.count], [1e6, 3]);
});

test("a point moved on before the answer is told afterwards, of the new readings", () => {
  const { edits, sent } = hand();
  edits.hold(1, 2, 6);
  edits.drop();
  edits.hold(1, 2, 7);
  edits.drop();
  assert.ok(!edits.mayTake(0));
  assert.equal(sent.length, 1);
  edits.show(readings("b", [1, 2, 4], [3, 6, 8])); // the new run, with the first move
  assert.deepEqual(edits.targets, [3, 7, 8]);
  sent[0].done();
  assert.deepEqual(told(sent[1]), { do: "move", of: "b", row: 1, x: 2, y: 7 });
});

test("what the server refuses is put back", () => {
  const { edits, sent } = hand();
  const answers = [];
  edits.onAnswer = (refused) => answers.push(refused);
  edits.hold(1, 9, 9);
  edits.drop();
  sent[0].done();
  assert.deepEqual([edits.inputs, edits.targets, answers], [[1, 2, 4], [3, 5, 8], [true]]);
  edits.hold(1, 9, 9);
  edits.drop();
  edits.show(readings("b", [1, 9, 4], [3, 9, 8]));
  sent[1].done();
  assert.deepEqual([edits.inputs, answers], [[1, 9, 4], [true, false]]);
});

test("points are added up to the most, and removed down to the fewest, one at a time", () => {
  const { edits, sent } = hand();
  assert.ok(edits.add(7, 8));
  assert.ok(!edits.add(7, 8) && !edits.remove(0) && !edits.mayTake(0));
  edits.show(readings("b", [1, 2, 4, 7], [3, 5, 8, 8]));
  sent[0].done();
  assert.ok(edits.full && !edits.add(9, 9));
  assert.ok(edits.remove(3));
  edits.show(readings("c", [1, 2], [3, 5]));
  sent[1].done();
  assert.ok(edits.scarce && !edits.remove(0));
  assert.deepEqual(sent.map(told), [{ do: "add", of: "a", x: 7, y: 8 }, { do: "remove", of: "b", row: 3 }]);
});

test("a point is found by where it stands, the last of several", () => {
  const { edits } = hand();
  edits.show(readings("b", [1, 2, 1, 1], [3, 5, 3, 4]));
  assert.deepEqual([edits.rowAt(1, 3), edits.rowAt(2, 5), edits.rowAt(2, 4)], [2, 1, -1]);
});

test("the numbers are those of the training readings as they are in the hand", () => {
  const { edits } = hand();
  edits.hold(2, 4, 80);
  assert.deepEqual(edits.numbers, fitNumbers({ inputs: [4, 1], targets: [80, 3] }, "standardize", "mse"));
  edits.hold(1, 100, 100); // a validation reading
  edits.hold(2, 4, 80);
  assert.deepEqual(edits.numbers, fitNumbers({ inputs: [4, 1], targets: [80, 3] }, "standardize", "mse"));
});

test("the picture has every reading where it is in the hand, and the line through them", () => {
  const { edits } = hand();
  edits.hold(0, 1, 10);
  const data = [{ y: [] }, { y: [3, 0, null, 5, 0, null, 8, 0, null] }, { x: [0, 10] }, { customdata: [[3], [1], [2]] }];
  const { stand, follow } = moved(data, edits);
  const found = Object.fromEntries([...stand, ...follow].map(({ index, ...place }) => [index, place]));
  const { slope, intercept } = edits.numbers;
  assert.deepEqual(found[2], { x: [0, 10], y: [intercept, 10 * slope + intercept] });
  assert.deepEqual(found[3], { x: [4, 1, 2], y: [8, 10, 5] });
  assert.deepEqual(found[1], { x: [4, 4, null, 1, 1, null, 2, 2, null], y: [8, 0, null, 10, 0, null, 5, 0, null] });
  assert.deepEqual(found[0].y.slice(0, 7), [8, 8, 8, 8, 8, null, 10]);
});
