import assert from "node:assert/strict";
import test from "node:test";

import { turnPage } from "../../thermofit/stage/frontend/clicker.js";
import { enlarged, withLarge } from "../../thermofit/stage/frontend/projector.js";

test("on a projector every text, line and point is larger, and has more room", () => {
  const figure = {
    data: [{ x: [1], line: { width: 2 }, marker: { size: 10, line: { width: 1 } } }, { marker: { size: [5, 10] }, colorbar: { tickfont: { size: 10 } } }],
    layout: { font: { size: 14 }, xaxis: { title: { font: { size: 12 } } }, margin: { l: 10 }, template: { layout: { legend: { font: { size: 14 } }, margin: { t: 20 } } } },
  };
  const { data, layout } = enlarged(structuredClone(figure));
  const pairs = [
    [data[0].line.width, 2], [data[0].marker.size, 10], [data[0].marker.line.width, 1], [data[1].marker.size[1], 10],
    [data[1].colorbar.tickfont.size, 10], [layout.font.size, 14], [layout.xaxis.title.font.size, 12],
    [layout.template.layout.legend.font.size, 14], [layout.margin.l, 10], [layout.margin.t, 20],
  ];
  for (const [large, usual] of pairs) assert.ok(large >= 1.5 * usual, `${large} of ${usual}`);
  assert.deepEqual(data[0].x, [1]);
});

test("the address says that it is large, and keeps the rest", () => {
  const address = "https://class.example/app/?embed=true&lr=0.02";
  assert.equal(withLarge(address, true), `${address}&large=1`);
  assert.equal(withLarge(withLarge(address, true), false), address);
});

/** What a key does on a page with these chapter buttons, while this has the focus. */
function press(key, { chapters = [], field = false, ...more } = {}) {
  const done = [];
  const page = { querySelector: (selector) => (chapters.length ? { click: () => done.push(selector) } : null) };
  const target = { closest: () => (field ? {} : null) };
  const turned = turnPage({ key, target, ...more }, { step: () => done.push("step"), back: () => done.push("back") }, page);
  return [turned, ...done];
}

test("a clicker turns to the next epoch, in the lesson to the next chapter, and back", () => {
  assert.deepEqual(press("PageDown"), [true, "step"]);
  assert.deepEqual(press("PageUp"), [true, "back"]);
  assert.deepEqual(press("PageDown", { chapters: [1] }), [true, ".st-key-next-chapter button"]);
  assert.deepEqual(press("PageUp", { chapters: [1] }), [true, ".st-key-previous-chapter button"]);
});

test("a field that has the focus keeps its keys, and other keys and combinations are none of a clicker's", () => {
  assert.deepEqual(press("PageDown", { field: true }), [false]);
  assert.deepEqual(press("PageDown", { ctrlKey: true }), [false]);
  assert.deepEqual(press("ArrowDown"), [false]);
});
