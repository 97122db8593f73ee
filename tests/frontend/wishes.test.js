// What the page has to hear of is told one by one, each until it is answered.

import assert from "node:assert/strict";
import test from "node:test";

import { Wishes } from "../../thermofit/stage/frontend/wishes.js";

test("each is told until its own question is answered, in order", () => {
  const wishes = new Wishes();
  assert.equal(wishes.next, undefined);
  wishes.add({ pin: true, at: 3 });
  wishes.add({ act: { do: "hide", track: "pin-1", name: "" } });
  wishes.received(4); // an answer to something else
  assert.deepEqual(wishes.next, { pin: true, at: 3 });
  wishes.sent(5);
  wishes.received(4);
  wishes.sent(7); // the answer was lost: asked again
  wishes.received(5);
  assert.deepEqual(wishes.next, { pin: true, at: 3 });
  wishes.received(7);
  wishes.received(7); // repeated
  assert.equal(wishes.next.act.do, "hide");
  wishes.sent(8);
  wishes.received(8);
  assert.equal(wishes.next, undefined);
});

test("whoever told it hears of the answer, once", () => {
  const [wishes, heard] = [new Wishes(), []];
  wishes.add({ pin: true }, () => heard.push(wishes.next));
  wishes.add({ act: {} });
  wishes.sent(3);
  wishes.received(2);
  wishes.received(3);
  wishes.received(3);
  assert.deepEqual(heard, [{ act: {} }]);
});
