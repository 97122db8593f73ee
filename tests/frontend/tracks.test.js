// Several runs on one playhead: each trace shows the rows of the track it names, and needs no JavaScript of its own.

import assert from "node:assert/strict";
import test from "node:test";

import { bindings } from "../../thermofit/stage/frontend/bindings.js";
import { GHOST, RUN, Tracks } from "../../thermofit/stage/frontend/tracks.js";
import { block } from "./helpers.js";

const COLUMNS = ["w", "loss"];
const DERIVED = { slope: { w: 2 } };

/** A run whose numbers tell which one it is. */
const run = (number) => ({ w: (epoch) => number + epoch / 1024, loss: (epoch) => (number + 1) / (epoch + 1) });

function tracksOf(names, count = 50) {
  const tracks = new Tracks();
  tracks.shape(COLUMNS, DERIVED);
  names.forEach((track, i) => tracks.add({ ...(track !== RUN && { track }), ...block(run(i), 0, count) }));
  return tracks;
}

test("eight more runs come as blocks and bindings, and stand on the same playhead", () => {
  const names = [RUN, ...Array.from({ length: 8 }, (_, i) => `pin-${i + 1}`)];
  const tracks = tracksOf(names);
  const traces = names.flatMap((track) => [
    { x: [0], y: [null], meta: { play: "curve", x: "epoch", y: "loss", track } },
    { x: [0], y: [null], meta: { play: "point", x: ["epoch"], y: ["loss"], track } },
    { x: [0, 1], y: [0, 0], meta: { play: "line", slope: "slope", intercept: "loss", track } },
  ]);
  const { moving, standing } = bindings(traces);
  assert.deepEqual([moving.length, standing.length], [27, 0]);
  const axes = { y: { range: [-1e6, 1e6] } };
  for (const epoch of [0, 7, 31, 49]) {
    const placed = moving.map((part) => part.place(tracks, epoch, axes));
    names.forEach((_, i) => {
      const [curve, point, line] = placed.slice(3 * i, 3 * i + 3);
      const losses = Array.from({ length: epoch + 1 }, (__, at) => Math.fround((i + 1) / (at + 1)));
      assert.deepEqual(curve, { x: losses.map((__, at) => at), y: losses });
      assert.deepEqual(point, { x: [epoch], y: [losses[epoch]] });
      const slope = 2 * (i + epoch / 1024);
      assert.deepEqual(line, { x: [0, 1], y: [losses[epoch], slope + losses[epoch]] });
    });
  }
});

test("a trace shows nothing of a track that is not there, and the end of one that is shorter", () => {
  const tracks = tracksOf([RUN, "pin-1"]);
  tracks.add({ track: "pin-2", ...block(run(5), 0, 10) });
  const point = (track) => ({ meta: { play: "point", x: "epoch", y: "loss", track } });
  const { moving } = bindings([point("pin-1"), point("pin-2"), point("pin-3")]);
  const placed = moving.map((part) => part.place(tracks, 30, {}));
  assert.deepEqual(placed.map((data) => data?.x), [[30], [9], undefined]);
});

test("each track judges by itself whether a block leaves a gap", () => {
  const tracks = tracksOf([RUN, "pin-1"], 20);
  assert.equal(tracks.add({ track: "pin-1", ...block(run(1), 20, 5) }), true);
  assert.equal(tracks.add(block(run(0), 25, 5)), false);
  assert.deepEqual([tracks.get().last, tracks.get("pin-1").last], [19, 24]);
});

test("rows that lack a column stay in the picture until others come in their place, from the first one on", () => {
  const tracks = tracksOf([RUN, "runner"]);
  tracks.shape(COLUMNS, { slope: { w: 10 } });
  for (const name of [RUN, "runner"]) assert.equal(tracks.get(name).value("slope", 3), 10 * tracks.get(name).value("w", 3));
  assert.equal(tracks.isShort, false);
  tracks.shape([...COLUMNS, "seconds"], {});
  assert.equal(tracks.isShort, true);
  assert.equal(tracks.get().last, 49);
  assert.ok(Number.isNaN(tracks.get().value("seconds", 3)));
  const more = (number) => ({ ...run(number), seconds: (epoch) => epoch / 8 });
  assert.equal(tracks.add(block(more(0), 50, 5)), false); // those before are still to come
  assert.equal(tracks.get().last, 49);
  assert.ok(tracks.add({ ...block(more(0), 50, 0) }));
  assert.equal(tracks.get().last, 49);
  for (const [i, track] of [RUN, "runner"].entries()) {
    assert.equal(tracks.isShort, true);
    assert.ok(tracks.add({ track, ...block(more(i), 0, 55) }));
    assert.deepEqual([tracks.get(track).last, tracks.get(track).value("seconds", 8)], [54, 1]);
  }
  assert.equal(tracks.isShort, false);
});

test("a column that is shown no longer is forgotten, and the rows go on without it", () => {
  const tracks = tracksOf([RUN, "pin-1"]);
  tracks.stand("pin-1");
  const kept = [tracks.get(), tracks.get("pin-1")];
  tracks.shape(["w"], {}, { "pin-1": {} });
  assert.ok(tracks.add(block({ w: (epoch) => epoch }, 50, 5)));
  assert.deepEqual([tracks.get().last, tracks.get().value("w", 52)], [54, 52]);
  tracks.shape(COLUMNS, {}, { "pin-1": {} });
  assert.deepEqual([tracks.isShort, tracks.lacking], [true, undefined]); // no more rows of a pin will come: it has kept its own
  assert.deepEqual([tracks.get(), tracks.get("pin-1")], kept);
  assert.equal(tracks.get("pin-1").value("loss", 0), 2);
});

test("a pin that lacks a column is asked for again; the ghost, which nobody can send again, stays as it is", () => {
  const tracks = tracksOf([RUN, "pin-1"]);
  tracks.stand("pin-1");
  tracks.leaveFuture(20, 49, 20, {});
  const ghost = tracks.get(GHOST);
  tracks.shape([...COLUMNS, "seconds"], {}, { "pin-1": {} });
  assert.equal(tracks.lacking, "pin-1");
  assert.equal(tracks.get("pin-1").last, 49);
  tracks.add({ track: "pin-1", ...block({ ...run(1), seconds: (epoch) => epoch }, 0, 50) });
  assert.equal(tracks.lacking, undefined);
  assert.equal(tracks.get(GHOST), ghost);
  assert.equal(ghost.value("w", 3), Math.fround(23 / 1024));
});

test("the future that was left is the ghost; the run keeps what both share", () => {
  const tracks = tracksOf([RUN], 50);
  const recorded = Array.from({ length: 50 }, (_, row) => tracks.get().value("w", row));
  tracks.leaveFuture(20, 40, 20, {});
  const [left, ghost] = [tracks.get(), tracks.get(GHOST)];
  assert.equal(left.last, 20);
  assert.deepEqual([ghost.epoch[0], ghost.last], [20, 40]);
  for (let row = 0; row <= 20; row++) assert.equal(ghost.value("w", row), recorded[20 + row]);
  tracks.leaveFuture(10, 10, 10, {}); // nothing of its future was seen, so the ghost before stays
  assert.equal(tracks.get(GHOST), ghost);
  tracks.clear();
  assert.deepEqual([tracks.get().length, tracks.get(GHOST)], [0, undefined]);
});

test("where the units change, the ghost is told in the new ones and no old row of the run is kept", () => {
  const tracks = tracksOf([RUN], 50);
  const before = tracks.get().value("w", 45);
  tracks.leaveFuture(20, 49, -1, { w: { w: 3 }, loss: null });
  const ghost = tracks.get(GHOST);
  assert.equal(tracks.get().length, 0);
  assert.equal(ghost.value("w", ghost.at(45)), Math.fround(3 * before));
  assert.ok(Number.isNaN(ghost.value("loss", 3)));
});

test("a track in other units has its own sums; what it does not name is as for the run", () => {
  const tracks = new Tracks();
  tracks.shape(COLUMNS, { slope: { w: 2 }, twice: { loss: 2 } }, { "pin-1": { slope: { w: 5 } } });
  for (const track of [RUN, "pin-1"]) tracks.add({ track, ...block(run(1), 0, 10) });
  const w = tracks.get().value("w", 4);
  assert.deepEqual([tracks.get().value("slope", 4), tracks.get("pin-1").value("slope", 4)], [2 * w, 5 * w]);
  assert.equal(tracks.get("pin-1").value("twice", 4), tracks.get().value("twice", 4));
  tracks.shape(COLUMNS, { slope: { w: 3 } }, { "pin-1": {} });
  assert.equal(tracks.get("pin-1").value("slope", 4), 3 * w);
});

test("what is shown and not here is lacking, one at a time, as soon as the run itself is here", () => {
  const tracks = new Tracks();
  tracks.shape(COLUMNS, {}, { "pin-1": {}, "pin-2": {} });
  assert.equal(tracks.lacking, undefined);
  tracks.add(block(run(0), 0, 5));
  assert.equal(tracks.lacking, "pin-1");
  tracks.add({ track: "pin-1", ...block(run(1), 0, 5) });
  assert.equal(tracks.lacking, "pin-2");
  tracks.add({ track: "pin-2", ...block(run(1), 0, 5) });
  assert.equal(tracks.lacking, undefined);
});

test("a new run takes those in step with it along, and leaves those that stand until the scene drops them", () => {
  const tracks = tracksOf([RUN, "runner", "pin-1"]);
  tracks.stand("pin-1");
  tracks.clear();
  assert.deepEqual([...tracks.all.keys()], [RUN, "pin-1"]);
  tracks.shape(COLUMNS, DERIVED, { "pin-1": {} });
  assert.ok(tracks.get("pin-1"));
  tracks.shape(COLUMNS, DERIVED, {});
  assert.equal(tracks.get("pin-1"), undefined);
});

test("a clock has epochs and no columns", () => {
  const tracks = new Tracks();
  tracks.shape(COLUMNS, DERIVED, {});
  tracks.add({ from: 0, stride: 1, count: 5, columns: {} });
  tracks.add({ from: 5, stride: 1, count: 5, columns: {} });
  assert.deepEqual([tracks.run.last, tracks.run.value("epoch", 7), tracks.isShort], [9, 7, false]);
  assert.ok(Number.isNaN(tracks.run.value("w", 7)) && Number.isNaN(tracks.run.value("slope", 7)));
});
