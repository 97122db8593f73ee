import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { inscribe } from "../../thermofit/stage/frontend/bar_words.js";
import { SkipLink } from "../../thermofit/stage/frontend/skip_link.js";
import { SKELETON, showPlay } from "../../thermofit/stage/frontend/transport_bar.js";
import { use } from "../../thermofit/stage/frontend/words.js";

const ENGLISH = { tag: "en", decimal: "." };
const GERMAN = { tag: "de", decimal: "," };

afterEach(() => use(ENGLISH));

/** What `inscribe` writes into each part that it asks for: a button has a span for its text if the markup gives it one. */
function inscribed() {
  const parts = {};
  const made = (name) => {
    const markup = SKELETON.slice(SKELETON.indexOf(`data-part="${name}"`)).split("</button>")[0];
    const span = markup.includes("<span></span>") ? {} : null;
    return { span, querySelector: () => span, setAttribute(attribute, value) { this[attribute] = value; } };
  };
  inscribe((name) => (parts[name] ??= made(name)));
  return parts;
}

test("the markup has no words of its own", () => {
  const texts = SKELETON.replace(/<[^>]*>/g, " ").match(/[A-Za-z]+/g);
  assert.equal(texts, null);
  assert.doesNotMatch(SKELETON, / (title|aria-label)=/);
});

test("every part that is given words is in the markup, and each button gets some", () => {
  const parts = inscribed();
  for (const name of Object.keys(parts)) assert.ok(SKELETON.includes(`data-part="${name}"`), name);
  const buttons = [...SKELETON.matchAll(/<button[^>]*data-part="(\w+)"/g)].map(([, name]) => name);
  for (const name of buttons.filter((each) => each !== "remedy")) {
    const { span, title, "aria-label": label } = parts[name];
    assert.ok(title && (span?.textContent || label), name);
  }
});

test("the words are those of the language in use", () => {
  assert.equal(inscribed().play.span.textContent, "Play");
  use(GERMAN, { Play: "Start", Playback: "Wiedergabe", "Play or pause (space bar)": "Start oder Pause (Leertaste)" });
  const { play, bar } = inscribed();
  assert.deepEqual([play.span.textContent, play.title, bar["aria-label"]], ["Start", "Start oder Pause (Leertaste)", "Wiedergabe"]);
});

test("the button is styled by what it does, and says it in the language in use", () => {
  use(GERMAN, { Pause: "Anhalten" });
  const span = {};
  const button = { dataset: { shows: "Play" }, querySelector: () => span, setAttribute() {} };
  showPlay(button, "Pause");
  assert.deepEqual([button.dataset.shows, span.textContent], ["Pause", "Anhalten"]);
});

test("the link past the navigation follows a change of language", () => {
  const link = { addEventListener() {}, isConnected: true, remove() {} };
  const place = { id: "thermofit-experiment" };
  const skip = new SkipLink({ createElement: () => link, querySelector: () => place, body: {} });
  skip.show();
  assert.equal(link.textContent, "To the experiment");
  use(GERMAN, { "To the experiment": "Zum Versuch" });
  skip.show();
  assert.equal(link.textContent, "Zum Versuch");
});
