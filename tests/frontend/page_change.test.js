import assert from "node:assert/strict";
import test from "node:test";

import { PageChange, leavesPage } from "../../thermofit/stage/frontend/page_change.js";

const HERE = new URL("https://class.example/app/landscape?lr=0.1#weights");

/** A click on a link, or on something within one. */
const click = (href, parts = {}, target = "") => {
  const { origin, pathname } = new URL(href, HERE);
  return { target: { closest: (selector) => (selector === "a[href]" ? { origin, pathname, target } : null) }, ...parts };
};

test("a page change is under way until the server answers, or two seconds at most", () => {
  let now = 1000;
  const change = new PageChange(() => now, () => HERE);
  assert.equal(change.isUnderWay, false);
  change.onClick({ target: { closest: () => null } }); // no link
  assert.equal(change.isUnderWay, false);
  change.onClick(click("https://class.example/app/lesson"));
  assert.equal(change.isUnderWay, true);
  change.end();
  assert.equal(change.isUnderWay, false);
  change.onHistory();
  now += 1999;
  assert.equal(change.isUnderWay, true);
  now += 2;
  assert.equal(change.isUnderWay, false);
});

test("another page of the app is one of the same origin with another path", () => {
  for (const href of ["https://class.example/app/lesson", "/app/", "/app/?lr=0.2", "lesson?chapter=loop"]) {
    assert.equal(leavesPage(click(href), HERE), true, href);
    assert.equal(leavesPage(click(href, {}, "_self"), HERE), true, href);
  }
});

test("a heading's anchor, another site and a page in another tab leave the stage where it is", () => {
  for (const href of ["#loss", "https://class.example/app/landscape?lr=0.2#loss", "https://pytorch.org/docs", "mailto:a@b.c"]) {
    assert.equal(leavesPage(click(href), HERE), false, href);
  }
  assert.equal(leavesPage(click("/app/", {}, "_blank"), HERE), false);
  for (const parts of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) {
    assert.equal(leavesPage(click("/app/", parts), HERE), false, JSON.stringify(parts));
  }
  assert.equal(leavesPage({ target: {} }, HERE), false); // a click on the document itself
});
