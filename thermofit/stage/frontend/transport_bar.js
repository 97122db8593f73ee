// The stage's own elements: the transport bar, the timeline, the readouts and the status line.

import { nice } from "./axes.js";
import { turnPage } from "./clicker.js";
import { term } from "./guide.js";
import { THIN, groups, count as spaced, written } from "./numbers.js";
import { isLarge } from "./projector.js";
import { isOn } from "./toolbar.js";
import { tr } from "./words.js";

const icon = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const PLAY = icon("M7 4.5v15l13-7.5z").replace("<svg", '<svg class="tf-when-still"');
const PAUSE = icon("M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z").replace("<svg", '<svg class="tf-when-playing"');

/** The elements; bar_words.js has what they say. */
export const SKELETON = `
  <div class="tf-bar" role="toolbar" data-part="bar">
    <button type="button" class="tf-play" data-part="play" data-shows="Play">${PLAY}${PAUSE}<span></span></button>
    <div class="tf-group">
      <button type="button" data-part="reset">${icon("M6 5h2.5v14H6zM20 5v14L9.5 12z")}<span></span></button>
      <button type="button" data-part="back">${icon("M16 5v14L5.5 12z")}<span></span></button>
      <button type="button" data-part="step">${icon("M8 5v14l10.5-7z")}<span></span></button>
    </div>
    <fieldset class="tf-speeds"><legend data-part="pace"></legend><div data-part="speeds"></div></fieldset>
    <button type="button" class="tf-pin" data-part="pin" hidden>
      ${icon("M9 3h6l-.8 1v6l3.3 3v1.6h-4.7L12 21l-.8-6.4H6.5V13l3.3-3V4z")}<span></span></button>
    <button type="button" class="tf-link" data-part="link">
      ${icon("M8.5 12a3.5 3.5 0 0 0 5 3.2l3-3a3.5 3.5 0 0 0-5-5l-1.4 1.4 1.4 1.4L13 8.6a1.6 1.6 0 0 1 2.2 2.2l-3 3a1.6 1.6 0 0 1-2.6-1.8zM15.5 12a3.5 3.5 0 0 0-5-3.2l-3 3a3.5 3.5 0 0 0 5 5l1.4-1.4-1.4-1.4-1.5 1.4A1.6 1.6 0 0 1 8.8 13l3-3a1.6 1.6 0 0 1 2.6 1.8z")}<span></span></button>
    <button type="button" class="tf-readings" data-part="readings"><span></span></button>
    <div class="tf-group tf-aids">
      <button type="button" data-part="sound" aria-pressed="false">
        ${icon("M4 9v6h4l5 4V5L8 9zM15.5 8.5a5 5 0 0 1 0 7l1.2 1.2a6.7 6.7 0 0 0 0-9.4zM18 6a8.5 8.5 0 0 1 0 12l1.2 1.2a10.2 10.2 0 0 0 0-14.4z")}</button>
      <button type="button" data-part="keys" aria-haspopup="dialog"><span aria-hidden="true">?</span></button>
    </div>
    <button type="button" class="tf-large-switch" data-part="large" aria-pressed="false">
      ${icon("M2 18 7.5 5h2L15 18h-2.4l-1.3-3.3H5.7L4.4 18zm4.5-5.3h4L8.5 7.7zM15 18l3.4-8h1.4l3.4 8h-1.8l-.8-2h-3.1l-.8 2zm3.1-3.5h2l-1-2.6z")}<span></span></button>
    <button type="button" class="tf-full" data-part="full">
      ${icon("M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z")}<span></span></button>
  </div>
  <div class="tf-time">
    <input type="range" data-part="timeline" min="0" max="10" value="0" step="1">
    <div class="tf-progress" data-part="progress"></div>
  </div>
  <dl class="tf-readouts" data-part="readouts"></dl>
  <div class="tf-says">
    <p class="tf-status" data-part="status" role="status"></p>
    <button type="button" class="tf-remedy" data-part="remedy" hidden></button>
    <p class="tf-guide" data-part="guide"></p>
  </div>
  <div class="tf-charts" data-part="charts"></div>
  <div class="tf-board" data-part="board" hidden></div>
  <div class="tf-hand" data-part="hand" role="group" hidden></div>
  <p class="tf-printed"></p>`;

/** Thin spaces in a big count: drawn as gaps, so that the text itself stays a plain number. */
const count = (number) => groups(number).map((group) => `<span class="tf-thousand">${group}</span>`).join("");

const HUGE = 1e7; // where a run explodes; nobody compares digits there, and they would not fit their cell
const fitting = (value, digits) => (Math.abs(value) >= HUGE ? Math.min(digits, 3) : digits);

const text = (part, rows, row) => {
  if (typeof part === "string") return part;
  const value = rows.value(part.column, row);
  if (part.column === "epoch") return rows.clock.written(rows.epoch[row]);
  return part.column === "update" ? spaced(value) : written(value, fitting(value, part.digits), part.sign);
};

/** Parts (plain strings and {column, digits, sign}) as one sentence. */
export const sentence = (parts, rows, row) => parts.map((part) => text(part, rows, row)).join("");

export const put = {
  /** What the bar and the readouts have of a scene. */
  scene(part, { readouts, speeds, pinnable }, speed) {
    put.readouts(part("readouts"), readouts);
    put.speeds(part("speeds"), speeds, speed);
    part("pin").hidden = !pinnable;
  },

  /** Cells for these readouts; one that is there already keeps its number until the next picture. */
  readouts(box, readouts) {
    box.replaceChildren(...readouts.map(({ label, role, help, value, below }, i) => {
      const cell = box.children[i] ?? document.createElement("div");
      if (!cell.firstChild) cell.innerHTML = "<dt></dt><dd class='tf-value'></dd><dd class='tf-below'></dd>";
      cell.className = `tf-cell tf-${role}`;
      cell.firstChild.replaceChildren(term(label, help));
      cell.parts = [value, below];
      return cell;
    }));
  },

  speeds(box, speeds, chosen) {
    box.replaceChildren(...speeds.map(({ value, label }) => {
      const item = document.createElement("label");
      item.innerHTML = `<input type="radio" name="tf-speed" value="${value}"><span>${label}</span>`;
      item.firstChild.checked = value === chosen;
      return item;
    }));
  },

  /** Which epoch this row is of how many, and with several updates per epoch which update. */
  progress(box, row, epochs, clock) {
    const key = `${row} ${epochs} ${clock.perEpoch(row)}`;
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    const said = (each, number) => progressText(each, epochs, clock, number);
    box.innerHTML = said(row, (text) => `<span>${count(text.replaceAll(THIN, ""))}</span>`);
    box.dataset.longest = said(clock.row(epochs), (text) => spaced(text.replaceAll(THIN, ""))); // it has its room from the start
  },
};

/** Write the numbers of the epoch shown, or of the line that stands in its place. */
export function write({ box, part, tracks, rows: { last, clock }, scene, playing, charts }, epoch) {
  const rows = tracks.get();
  const row = rows.at(epoch);
  cells(box, rows, row);
  put.progress(part("progress"), rows.epoch[row], scene.epochs, clock);
  showTime(part("timeline"), rows.epoch[row], last, scene.epochs, clock);
  showSteps(part, clock);
  if (!playing) charts.describe(rows, row);
}

/** Write the readouts of one row; only what changed is touched. */
function cells(box, rows, row) {
  for (const cell of box.querySelectorAll(".tf-cell")) {
    cell.parts.forEach((parts, i) => {
      const target = cell.children[i + 1];
      const value = sentence(parts, rows, row);
      if (target.dataset.value === value) return;
      target.dataset.value = value;
      if (parts.length === 1 && parts[0].column === "epoch") target.innerHTML = count(value.replaceAll(THIN, ""));
      else target.textContent = value;
    });
  }
}

/** Which row this is, in words; `number` says how numbers are written. */
function progressText(row, epochs, clock, number) {
  const [epoch, last, update] = [clock.written(row), String(epochs), String(row)].map(number);
  return clock.countsUpdates ? tr("epoch {epoch} of {last}", { epoch, last })
    : tr("epoch {epoch} of {last}, update {update}", { epoch, last, update });
}

/** Have the buttons of single steps say what a step is. */
function showSteps(part, { countsUpdates }) {
  const [back, step] = countsUpdates ? [tr("One epoch back (left arrow)"), tr("One epoch on (right arrow)")]
    : [tr("One update back (left arrow)"), tr("One update on, with one mini-batch (right arrow)")];
  if (part("step").title === step) return;
  Object.assign(part("back"), { title: back });
  Object.assign(part("step"), { title: step });
}

/** Show on the timeline how far the run was played, and how far it is here. */
function showTime(timeline, row, newest, epochs, clock) {
  timeline.max = Math.min(nice(Math.max(newest, 10)), clock.row(epochs));
  timeline.value = row;
  timeline.setAttribute("aria-valuetext", progressText(row, epochs, clock, (text) => text.replaceAll(THIN, "")));
  timeline.style.setProperty("--done", `${(100 * row) / timeline.max}%`);
  timeline.style.setProperty("--known", `${(100 * newest) / timeline.max}%`);
}

/** Have the button say what it does: "Play" or "Pause". */
export function showPlay(button, does) {
  if (button.dataset.shows === does) return;
  button.dataset.shows = does;
  const label = does === "Play" ? tr("Play") : tr("Pause");
  button.querySelector("span").textContent = label;
  button.setAttribute("aria-label", label);
}

const TYPES = "input, textarea, select, [role=slider], [contenteditable=true], dialog"; // they need every key for themselves
const PRESSES = "button, summary, a[href], [role=button]"; // the space bar presses them

/** Whether a key is meant for the stage: where it, or one of its buttons, has the focus, or nothing has while it is seen. */
export function isForStage(key, target, box) {
  if (box.contains(target)) return !target.closest(TYPES) && !(key === " " && target.closest(PRESSES));
  return target.contains(box) && isInView(box.querySelector(".tf-play")); // the page itself, or the part that scrolls
}

/** Elsewhere, the space bar and Home belong to the page, which scrolls. */
function isInView(button) {
  const { top, bottom } = button.getBoundingClientRect();
  return bottom > 0 && top < button.ownerDocument.defaultView.innerHeight;
}

/** Call what belongs to each part of the bar, and to its keys; returns the listener for keys. */
export function listen(part, actions, box) {
  for (const name of ["play", "step", "back", "reset", "link", "readings", "pin", "large", "full"]) {
    part(name).addEventListener("click", () => isOn(part(name)) && actions[name]());
  }
  part("timeline").addEventListener("input", ({ target }) => actions.go(Number(target.value)));
  part("speeds").addEventListener("change", ({ target }) => actions.speed(target.value));
  const keys = { " ": actions.play, ArrowRight: actions.step, ArrowLeft: actions.back, Home: actions.reset, "?": actions.keys };
  part("large").setAttribute("aria-pressed", isLarge());
  return (event) => {
    if (turnPage(event, actions)) return event.preventDefault();
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || !isForStage(event.key, event.target, box)) return;
    if (action() !== false) event.preventDefault();
  };
}
