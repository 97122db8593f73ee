// What is saved of a chart: the figure itself, with its names, on a background.

import assert from "node:assert/strict";
import test from "node:test";

import { nameOf, saved } from "../../thermofit/stage/frontend/downloads.js";

test("the names that lie over the plot are written into what is saved, and the plot itself is left alone", () => {
  const plot = { data: [{ x: [1] }], layout: { xaxis: {}, annotations: [{ text: "kept" }] } };
  const { data, layout } = saved(plot, [{ text: "Adam", x: 0.5, y: 0.25, colour: "#123456" }], "#ffffff");
  assert.equal(data, plot.data);
  assert.deepEqual(layout.annotations.map(({ text }) => text), ["kept", "Adam"]);
  assert.deepEqual([layout.annotations[1].x, layout.annotations[1].y, layout.annotations[1].font.color], [0.5, 0.25, "#123456"]);
  assert.equal(layout.paper_bgcolor, "#ffffff");
  assert.deepEqual(plot.layout, { xaxis: {}, annotations: [{ text: "kept" }] });
});

test("a file is named in plain letters", () => {
  assert.equal(nameOf("Mean squared error (°C²)"), "thermofit-mean-squared-error-c");
});

test("a file keeps the letters of any language", () => {
  assert.equal(nameOf("训练损失 (°C²)"), "thermofit-训练损失-c");
  assert.equal(nameOf("Perte d’entraînement"), "thermofit-perte-d-entraînement");
});
