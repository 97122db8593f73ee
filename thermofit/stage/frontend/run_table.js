// A run as a table, in place of its picture: for who does not see it, and for who wants the numbers.
// layout.meta.table: {caption, columns: [{label, column, digits, track?}]}; the first column is always the epoch; with mini-batches
// the second is the update, which is then what a row is.

import { nice } from "./axes.js";
import { PLAIN } from "./clock.js";
import { count, written } from "./numbers.js";
import { RUN } from "./tracks.js";
import { tr } from "./words.js";

const MOST = 50; // rows: more of them nobody listens to
const DIGITS = 7; // of a number in float32
const INSIDE = '<table></table><div class="tf-run-foot"><button type="button"></button></div>';

/** Row numbers of a run up to `epoch`: every so many epochs, and the one that is shown; MOST at most. */
export function thinned(rows, epoch, most = MOST) {
  const shown = rows.at(epoch);
  if (shown < 0) return [];
  const every = nice(Math.max(1, rows.epoch[shown] / (most - 2)));
  const picked = new Set();
  for (let at = 0; at < rows.epoch[shown]; at += every) picked.add(rows.at(at));
  return [...picked.add(shown)].filter((row) => row >= 0);
}

/** The value of a column at an epoch; NaN where its track had none. */
function valueOf({ column, track = RUN }, tracks, epoch) {
  const rows = tracks.get(track);
  const row = rows && epoch <= rows.last ? rows.at(epoch) : -1;
  return row < 0 ? NaN : rows.value(column, row);
}

/** What the columns that tell a row's moment are called. */
const moments = (clock) => (clock.countsUpdates ? [tr("Epoch")] : [tr("Epoch"), tr("Update")]);

/** The table as text, each number as exactly as it was recorded. */
export function csv({ columns }, tracks, epochs) {
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const exact = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : "");
  const clock = tracks.get()?.clock ?? PLAIN;
  const moment = (row) => (clock.countsUpdates ? [row] : [exact(clock.epoch(row)), row]);
  const head = [...moments(clock), ...columns.map(({ label }) => label)].map(quoted);
  const lines = epochs.map((epoch) => [...moment(epoch), ...columns.map((column) => exact(valueOf(column, tracks, epoch)))]);
  return [head, ...lines].map((line) => line.join(",")).join("\n");
}

export class RunTable {
  /** `say(text)` tells what became of copying; `redraw()` draws the picture, which may have another size by now. */
  constructor(card, plot, tracks, say, redraw) {
    Object.assign(this, { card, plot, tracks, say, redraw, open: false, epochs: [] });
    this.box = Object.assign(document.createElement("div"), { className: "tf-run", hidden: true, tabIndex: 0, innerHTML: INSIDE });
    this.box.setAttribute("role", "region");
    this.table = this.box.querySelector("table");
    Object.assign(this.box.querySelector("button"), { textContent: tr("Copy as CSV"), onclick: () => this.#copy() });
    this.switch = Object.assign(document.createElement("button"), { type: "button", className: "tf-table-switch", textContent: tr("Table") });
    this.switch.title = tr("The run so far as a table; it follows when the run pauses");
    this.switch.onclick = () => this.#show(!this.open);
    this.switch.style.display = "none";
    card.append(this.box, this.switch);
  }

  /** Show the switch, which stands at the lower edge, once that has found its place: nothing moves while a page loads. */
  #settle(frames = 3) {
    this.settled = true;
    if (frames && globalThis.requestAnimationFrame) requestAnimationFrame(() => this.#settle(frames - 1));
    else this.switch.style.display = "";
  }

  /** Another figure: its table has these columns; without any, there is none. */
  offer(spec) {
    Object.assign(this, { spec, written: null });
    this.switch.hidden = !spec;
    if (spec) this.box.setAttribute("aria-label", spec.caption);
    if (this.open) this.#show(true);
  }

  #show(open) {
    this.open = Boolean(this.spec) && open;
    this.box.hidden = !this.open;
    this.switch.setAttribute("aria-pressed", String(this.open));
    this.card.classList.toggle("tf-tabled", this.open);
    this.written = null;
    if (!this.moment) return;
    if (this.open) this.write(...this.moment);
    else this.redraw();
  }

  /** The run is shown at `epoch`. While it plays the table stands still: nobody could read it. */
  write(epoch, playing) {
    this.moment = [epoch, false];
    if (!this.settled) this.#settle();
    const rows = this.tracks.get();
    const key = `${epoch} ${rows?.version} ${rows?.last}`;
    if (!this.open || playing || !rows || key === this.written) return;
    this.written = key;
    this.epochs = thinned(rows, epoch).map((row) => rows.epoch[row]);
    this.box.style.insetBlockStart = `${this.plot.offsetTop}px`;
    this.#fill();
    this.box.scrollTop = this.box.scrollHeight;
  }

  #fill() {
    const { columns, caption } = this.spec;
    const clock = this.tracks.get()?.clock ?? PLAIN;
    const made = (tag, text, scope) => {
      const element = Object.assign(document.createElement(tag), { textContent: text });
      if (scope) element.scope = scope;
      return element;
    };
    const line = (...cells) => { const row = document.createElement("tr"); row.append(...cells); return row; };
    const [head, body] = [document.createElement("thead"), document.createElement("tbody")];
    head.append(line(...[...moments(clock), ...columns.map(({ label }) => label)].map((label) => made("th", label, "col"))));
    body.append(...this.epochs.map((epoch) => line(
      made("th", clock.written(epoch), "row"),
      ...(clock.countsUpdates ? [] : [made("td", count(epoch))]),
      ...columns.map((column) => made("td", written(valueOf(column, this.tracks, epoch), column.digits ?? DIGITS))),
    )));
    body.lastElementChild?.setAttribute("aria-current", "true");
    this.table.replaceChildren(made("caption", caption), head, body);
  }

  async #copy() {
    const text = csv(this.spec, this.tracks, this.epochs);
    this.say(await navigator.clipboard.writeText(text).then(
      () => tr("The table was copied as CSV."), () => tr("Your browser did not allow copying.")));
  }
}
