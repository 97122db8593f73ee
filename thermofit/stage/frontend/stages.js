// The stages of the page. One plays on while Streamlit moves it, and another one takes its place when another language is
// spoken: that one shows the same moment, and plays if the one before did.

import { unpack } from "./connection.js";
import { keep } from "./moment.js";
import { speak, speaks, spoken } from "./words.js";

const GRACE = 3000; // ms that a stage without a place waits for one

const stages = new Map(); // by the key that the server gives: Streamlit's own is another one in each place

/** The epoch at which the stage of this key stood with this set-up before the page was loaded again. */
export const stoodAt = keep(stages);

/** Show an answer in its language, on the stage of its key, or on one that `make` makes of what the one before leaves. */
export function mount({ data, parentElement, setTriggerValue }, make) {
  const answer = unpack(data);
  return inLanguage(answer.language, () => {
    const stage = (parentElement.stage = successor(stages.get(answer.key), make));
    stages.set(answer.key, stage);
    stage.attach(parentElement);
    stage.questions.page.send = (question) => setTriggerValue("ask", question);
    stage.hear(answer);
    stage.checkTheme();
    return ending(stage, () => detach(answer.key, stage, parentElement));
  });
}

/**
 * What Streamlit calls when it takes the stage away, or before it shows it again. Answers that have waited for a catalogue
 * follow each other at once, and the end of the first is then called after the second was shown: it no longer counts.
 */
export function ending(stage, end) {
  const turn = (stage.turn = (stage.turn ?? 0) + 1);
  return () => { if (stage.turn === turn) end(); };
}

/** Call `show` once this language is spoken; not if another one is wanted by then. */
export function inLanguage(language, show) {
  if (speaks(language)) return show();
  return speak(language).then(() => (speaks(language) ? show() : undefined));
}

/** This stage, or, if it speaks another language or there is none, the one that `make` makes. */
export function successor(known, make) {
  if (known?.tag === spoken()) return known;
  const stage = Object.assign(make(legacy(known)), { tag: spoken() });
  known?.close();
  return stage;
}

/** What a stage leaves: its speed, whether it plays or is about to, and the epoch at which a set-up stood. */
function legacy({ epoch, speed, playing, playback, setup: own } = {}) {
  return { speed, playing: playing || playback?.opening?.plays, stood: (setup) => (own === setup ? epoch : undefined) };
}

/** Where runs of the page cross, Streamlit takes a component away and puts it back: then the stage plays on. */
function detach(key, stage, place) {
  if (stage.place !== place) return;
  stage.detach();
  stage.removalTimer = setTimeout(() => {
    if (stages.get(key) === stage) stages.delete(key);
    stage.close();
  }, GRACE);
}
