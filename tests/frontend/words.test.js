import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { Clock } from "../../thermofit/stage/frontend/clock.js";
import { statusText } from "../../thermofit/stage/frontend/status.js";
import { ending, inLanguage, successor } from "../../thermofit/stage/frontend/stages.js";
import { local, speak, speaks, spoken, tr, trn, use } from "../../thermofit/stage/frontend/words.js";

const ENGLISH = { tag: "en", decimal: ".", file: "" };
const GERMAN = { tag: "de", decimal: ",", file: "words-de.json" };
const FRENCH = { tag: "fr", decimal: ",", file: "words-fr.json" };
const CHINESE = { tag: "zh-Hans", decimal: ".", file: "words-zh.json" };
const EPOCHS = ["{n} epoch", "{n} epochs"];

afterEach(() => {
  use(ENGLISH);
  delete globalThis.fetch;
});

/** Have `fetch` answer when the test says so: `answers[tag](texts)`; without texts the file is not there. */
function fakeFetch() {
  const [answers, asked] = [{}, []];
  globalThis.fetch = (url) => new Promise((resolve) => {
    const tag = url.pathname.match(/words-(\w+)\.json$/)[1];
    asked.push(tag);
    answers[tag] = (texts) => resolve({ ok: Boolean(texts), json: async () => texts });
  });
  return { answers, asked };
}

test("without a catalogue texts are English, with values in their places", () => {
  assert.equal(tr("Play"), "Play");
  assert.equal(tr("Paused at {moment}.", { moment: "epoch 3" }), "Paused at epoch 3.");
  assert.equal(tr("{a} and {b}, {a}", { a: 0, b: "" }), "0 and , 0");
});

test("a place without a value, and what only looks like one, stay as they are", () => {
  assert.equal(tr("{a} and {b}", { a: 1 }), "1 and {b}");
  assert.equal(tr("the set {0, 1}"), "the set {0, 1}");
});

test("a translation may have its places in another order, or leave one out", () => {
  use(GERMAN, { "{a} before {b}": "vor {b}: {a}", "{action}: {run}": "{action}" });
  assert.equal(tr("{a} before {b}", { a: 1, b: 2 }), "vor 2: 1");
  assert.equal(tr("{action}: {run}", { action: "Weg", run: "A" }), "Weg");
  assert.equal(tr("Not translated"), "Not translated");
});

test("what is put into a place is not looked through for places", () => {
  assert.equal(tr("Show {run}", { run: "{run}" }), "Show {run}");
});

test("English has one form for 1 and another for everything else", () => {
  assert.deepEqual([0, 1, 2, 1.5].map((n) => trn(...EPOCHS, n)), ["0 epochs", "1 epoch", "2 epochs", "1.5 epochs"]);
});

test("French counts 0 and what is below 2 as one", () => {
  use(FRENCH, { "{n} epoch": ["{n} époque", "{n} époques"] });
  assert.deepEqual([0, 1, 1.5, 2].map((n) => trn(...EPOCHS, n)), ["0 époque", "1 époque", "1.5 époque", "2 époques"]);
});

test("Chinese has a single form", () => {
  use(CHINESE, { "{n} epoch": ["{n} 轮"] });
  assert.deepEqual([0, 1, 2].map((n) => trn(...EPOCHS, n)), ["0 轮", "1 轮", "2 轮"]);
});

test("a language may have more than two forms", () => {
  use({ tag: "ru", decimal: "," }, { "{n} epoch": ["{n} эпоха", "{n} эпохи", "{n} эпох"] });
  assert.deepEqual([1, 2, 5, 21].map((n) => trn(...EPOCHS, n)), ["1 эпоха", "2 эпохи", "5 эпох", "21 эпоха"]);
});

test("the number may be written in another way than it is counted", () => {
  assert.equal(trn(...EPOCHS, 5000, { n: "5 000" }), "5 000 epochs");
});

test("plural forms that are not translated are English ones", () => {
  for (const language of [GERMAN, CHINESE, FRENCH]) {
    use(language);
    assert.deepEqual([0, 1, 2].map((n) => trn(...EPOCHS, n)), ["0 epochs", "1 epoch", "2 epochs"]);
  }
});

test("numbers have the decimal mark of the language", () => {
  assert.equal(local("0.25"), "0.25");
  use(GERMAN);
  assert.equal(local("0.25"), "0,25");
  assert.equal(local("1e-5"), "1e-5");
});

test("a moment is told in the language, with its decimal mark", () => {
  use(GERMAN, { "epoch {epoch}, update {update}": "Epoche {epoch}, Schritt {update}", "Paused at {moment}.": "Angehalten: {moment}." });
  const clock = new Clock([[0, 0, 4]]);
  assert.equal(clock.told(5), "Epoche 1,2, Schritt 5");
  const stands = { typing: false, ended: false, end: null, playing: false, note: "", epoch: 5, changed: [] };
  assert.equal(statusText({ ...stands, clock }), "Angehalten: Epoche 1,2, Schritt 5.");
});

test("a language is spoken once its catalogue is here, which is fetched once", async () => {
  const { answers, asked } = fakeFetch();
  const [first, second] = [speak(GERMAN), speak(GERMAN)];
  assert.equal(tr("Play"), "Play");
  assert.equal(spoken(), "en");
  answers.de({ Play: "Start" });
  await Promise.all([first, second]);
  assert.deepEqual([tr("Play"), spoken(), asked], ["Start", "de", ["de"]]);
  await speak(GERMAN);
  assert.deepEqual(asked, ["de"]);
});

test("without its catalogue a language is spoken with English texts", async () => {
  const { answers } = fakeFetch();
  const asked = speak(GERMAN);
  answers.de(null);
  await asked;
  assert.deepEqual([tr("Play"), spoken(), local("0.5")], ["Play", "de", "0,5"]);
  globalThis.fetch = () => Promise.reject(new Error("no net"));
  await speak(FRENCH);
  assert.deepEqual([tr("Play"), spoken()], ["Play", "fr"]);
});

test("of two languages the one asked for last is spoken, whichever comes first", async () => {
  const { answers } = fakeFetch();
  const [german, french] = [speak(GERMAN), speak(FRENCH)];
  answers.fr({ Play: "Lire" });
  await french;
  answers.de({ Play: "Start" });
  await german;
  assert.deepEqual([tr("Play"), spoken()], ["Lire", "fr"]);
});

test("who goes back to English while another language is on its way reads English", async () => {
  const { answers } = fakeFetch();
  const german = speak(GERMAN);
  assert.ok(!speaks(ENGLISH));
  const english = speak(ENGLISH);
  answers.de({ Play: "Start" });
  await Promise.all([german, english]);
  assert.deepEqual([tr("Play"), spoken(), speaks(ENGLISH)], ["Play", "en", true]);
});

test("an answer is shown at once in the language in use, else when that is spoken, and not if another one is wanted", async () => {
  const { answers } = fakeFetch();
  const shown = [];
  const show = (language) => inLanguage(language, () => shown.push(language.tag));
  show(ENGLISH);
  assert.deepEqual(shown, ["en"]);
  const waiting = [show(GERMAN), show(FRENCH)];
  answers.de({});
  answers.fr({});
  await Promise.all(waiting);
  assert.deepEqual(shown, ["en", "fr"]);
});

test("a stage in another language takes the place of the one before, with its moment, speed and whether it plays", () => {
  const ended = [];
  const make = (before) => ({ before, close: () => ended.push("old") });
  const first = Object.assign(successor(undefined, make), { epoch: 12, speed: "30", playing: true, setup: "a" });
  assert.equal(successor(first, make), first);
  assert.deepEqual([first.before.speed, first.before.playing, first.before.stood("a")], [undefined, undefined, undefined]);
  use(GERMAN);
  const { before, tag } = successor(first, make);
  assert.deepEqual([before.speed, before.playing, before.stood("a"), before.stood("b"), tag], ["30", true, 12, undefined, "de"]);
  assert.deepEqual(ended, ["old"]);
});

test("the end of an answer that another one has followed takes nothing away", () => {
  const [stage, ended] = [{}, []];
  const [first, second] = [1, 2].map((turn) => ending(stage, () => ended.push(turn)));
  first();
  assert.deepEqual(ended, []);
  second();
  assert.deepEqual(ended, [2]);
});
