// What the stage's own elements say in the language in use: on its buttons, and to who points at them or hears the page.

import { tr } from "./words.js";

/** For each part: its text, what it is for (`title`), and what it is called where a text does not say it (`label`). */
const words = () => ({
  bar: { label: tr("Playback") },
  play: { text: tr("Play"), title: tr("Play or pause (space bar)"), label: tr("Play") },
  reset: { text: tr("Reset"), title: tr("Back to the start (Home)") },
  // Translators: a button that goes one epoch back
  back: { text: tr("Back"), title: tr("One epoch back (left arrow)") },
  // Translators: a button that goes one epoch on
  step: { text: tr("Step"), title: tr("One epoch on (right arrow)") },
  pace: { text: tr("Epochs per second") },
  // Translators: a button that keeps a run in the picture while others are tried
  pin: { text: tr("Pin"), title: tr("Keep this run as it stands; the next one plays over it") },
  link: { text: tr("Copy link"), title: tr("Copy a link that opens exactly this set-up; when paused, at this epoch") },
  readings: { text: tr("Save readings"), title: tr("No link can hold these readings: hand them out as a CSV file beside it") },
  sound: { label: tr("Sound"), title: tr("Hear the training loss as a tone while it plays: the lower, the better") },
  keys: { label: tr("Keyboard shortcuts"), title: tr("Keyboard shortcuts (?)") },
  // Translators: a switch that makes all texts and lines large
  large: { text: tr("Large"), title: tr("Text and lines large enough for the last row") },
  full: { text: tr("Full screen"), title: tr("Fill the screen; Escape leaves it") },
  timeline: { label: tr("Timeline: epoch shown") },
  status: { text: tr("Loading the charts …") },
  hand: { label: tr("Fit by hand") },
});

/** Write them into the elements that `part` finds by name. */
export function inscribe(part) {
  for (const [name, { text, title, label }] of Object.entries(words())) {
    const element = part(name);
    if (text) (element.querySelector("span") ?? element).textContent = text;
    if (title) element.title = title;
    if (label) element.setAttribute("aria-label", label);
  }
}
