// The table of runs beneath the charts: sorted by any column, its live cells follow the playhead. A row that is pointed at,
// or has the focus, lifts its curves in all charts. What is done with a row is told to the server as an act.

import { cell, places, sorted } from "./standings.js";
import { tr } from "./words.js";

const PAUSE = 200; // ms between two writings while it plays: faster than that nobody reads
const REST = 600; // ms for which a row keeps its place at least while it plays
const NARROW = 88; // pixels of a column at least
const HEIGHT = 45; // pixels from row to row: see stage.css
const MOVE = { duration: 200, easing: "ease-out" };
const DASHES = { dot: "2 4", dash: "7 4", longdash: "12 4", dashdot: "7 4 2 4", longdashdot: "12 4 2 4" };
const ACTIONS = ["take", "baseline", "remove"];

/** What stands on the button of an action, and what it is for. */
const actionWords = (action) => ({
  // Translators: a button; take over the settings of this run
  take: [tr("Take"), tr("Take these settings")],
  baseline: [tr("Baseline"), tr("Use as baseline: the others show what differs")],
  remove: [tr("Remove"), tr("Remove this run")],
})[action];

const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export class Board {
  /** `tell(act)` tells the server; `charts` lift a track's curves, and show or hide them. */
  constructor(box, tell, charts) {
    Object.assign(this, { box, tell, charts, rows: [], sort: null, lines: new Map(), written: 0, moved: 0 });
    box.addEventListener("pointerleave", () => this.#lifts(null));
    box.addEventListener("focusout", ({ relatedTarget }) => box.contains(relatedTarget) || this.#lifts(null));
    for (const event of ["pointerover", "focusin"]) {
      box.addEventListener(event, ({ target }) => this.#lifts(target.closest("tbody tr")?.dataset.track ?? null));
    }
  }

  /** Draw this board; null: there is none. A row that was there keeps its element, and with it the focus. */
  draw(spec) {
    this.box.hidden = !spec;
    if (!spec) return;
    const same = this.spec && JSON.stringify(this.spec.columns) === JSON.stringify(spec.columns);
    if (!same) this.sort = spec.sort ? { name: spec.sort, descending: false } : null;
    Object.assign(this, { spec, rows: spec.rows, written: 0 });
    if (!same || !this.body) this.#frame();
    this.#body();
  }

  #frame() {
    const { title, columns } = this.spec;
    // Translators: the heading of a column with names of runs
    const runs = tr("Run");
    const head = [{ name: "", label: runs, help: "" }, ...columns].map((column) => this.#header(column));
    if (this.#hasActions) head.push(element("th", { scope: "col", className: "tf-acts" }, element("span", { className: "tf-hidden", textContent: tr("Actions") })));
    this.body = element("tbody");
    this.empty = element("p", { className: "tf-board-empty" });
    const table = element("table", {}, element("caption", { textContent: title }), element("thead", {}, element("tr", {}, ...head)), this.body);
    table.style.setProperty("--width", `${(this.#hasActions ? 560 : 310) + NARROW * columns.length}px`);
    this.lines.clear();
    this.box.replaceChildren(element("div", { className: "tf-board-scroll", tabIndex: 0 }, table), this.empty);
  }

  get #hasActions() {
    return this.rows.some(({ actions }) => actions.some((action) => ACTIONS.includes(action)));
  }

  #header({ name, label, help }) {
    const button = element("button", { type: "button", title: help, textContent: label });
    button.onclick = () => this.#sortBy(name);
    const cell = element("th", { scope: "col" }, button);
    cell.dataset.column = name;
    return cell;
  }

  /** The first click sorts upwards, the next one downwards, the third restores the order given. */
  #sortBy(name) {
    if (this.sort?.name !== name) this.sort = { name, descending: false };
    else this.sort = this.sort.descending ? null : { name, descending: true };
    Object.assign(this, { written: 0, moved: 0 });
    if (this.moment) this.write(...this.moment);
  }

  #body() {
    const { rows, spec } = this;
    this.empty.textContent = rows.length ? "" : spec.empty;
    this.box.classList.toggle("tf-empty", !rows.length);
    const kept = new Set(rows.map(({ track }) => track));
    for (const [track, line] of this.lines) {
      if (!kept.has(track) || line.actions !== this.#actionsOf(track)) {
        line.row.remove();
        this.lines.delete(track);
      }
    }
    for (const row of rows) this.#update(this.lines.get(row.track) ?? this.#line(row), row);
  }

  #actionsOf(track) {
    return this.rows.find((row) => row.track === track)?.actions.join();
  }

  #line({ track, actions }) {
    const cells = this.spec.columns.map(({ kind }) => element("td", { className: `tf-kind-${kind}` }));
    const [head, name, swatch, shown, remark] = this.#name(track, actions);
    const line = { row: element("tr", {}, head, ...cells), cells, name, swatch, shown, remark, actions: actions.join() };
    line.row.dataset.track = track;
    cells.forEach((each, i) => { each.dataset.column = this.spec.columns[i].name; });
    const buttons = actions.filter((action) => ACTIONS.includes(action)).map((action) => this.#button(action, track));
    if (this.#hasActions) line.row.append(element("td", { className: "tf-acts" }, ...buttons));
    this.lines.set(track, line);
    this.body.append(line.row);
    return line;
  }

  /** The first cell: whether it is shown, the look of its curves, its name. */
  #name(track, actions) {
    const head = element("th", { scope: "row" });
    const shown = element("input", { type: "checkbox", title: tr("Show its curves") });
    shown.onchange = () => {
      this.charts.showTrack(track, shown.checked);
      this.#act(shown.checked ? "show" : "hide", track);
    };
    const swatch = element("span", { className: "tf-swatch" });
    const name = this.spec.editable && actions.includes("rename") ? this.#field(track) : element("span", { className: "tf-name" });
    if (actions.includes("hide") || actions.includes("show")) head.append(shown);
    const remark = element("span", { className: "tf-remark" });
    head.append(swatch, name, remark);
    return [head, name, swatch, shown, remark];
  }

  #field(track) {
    const field = element("input", { className: "tf-name", maxLength: 24, title: tr("Change the name") });
    field.onchange = () => {
      if (field.value.trim()) this.#act("rename", track, field.value.trim());
      else field.value = field.before;
    };
    field.onkeydown = ({ key }) => {
      if (key === "Escape") field.value = field.before;
      if (key === "Enter" || key === "Escape") field.blur();
    };
    return field;
  }

  #button(action, track) {
    const [label, help] = actionWords(action);
    const button = element("button", { type: "button", textContent: label, title: help });
    button.onclick = () => {
      button.disabled = action === "remove";
      this.#act(action, track);
    };
    return button;
  }

  #act(what, track, name = "") {
    this.tell({ do: what, track, name });
  }

  #update({ row, name, swatch, shown, remark, cells }, { track, name: text, colour, dash, shown: isShown, remark: said, cells: values }) {
    if (name.tagName === "INPUT" && document.activeElement !== name) Object.assign(name, { value: text, before: text, ariaLabel: tr("Name of {run}", { run: text }) });
    if (name.tagName !== "INPUT") name.textContent = text;
    swatch.innerHTML = `<svg viewBox="0 0 28 8" aria-hidden="true"><path d="M0 4h28" stroke="${colour}" stroke-width="3" stroke-dasharray="${DASHES[dash] ?? "none"}"/></svg>`;
    remark.textContent = said ?? "";
    Object.assign(shown, { checked: isShown, ariaLabel: tr("Show {run}", { run: text }) });
    row.classList.toggle("tf-out", false);
    Object.assign(this.lines.get(track), { values: this.spec.columns.map((column) => values[column.name]), cells, text });
    for (const button of row.querySelectorAll(".tf-acts button")) button.ariaLabel = tr("{action}: {run}", { action: button.title, run: text });
  }

  /** Write the cells as they are at `epoch`; while it `plays`, not with every picture. */
  write(epoch, now, { tracks, results, playing }) {
    this.moment = [epoch, now, { tracks, results, playing: false }];
    if (!this.body || (playing && now - this.written < PAUSE)) return;
    this.written = now;
    const rests = playing && now - this.moved < REST;
    const names = this.rows.map(({ track }) => track);
    const moment = { epoch, tracks, results, places: places(names, { tracks, results, epoch }, this.spec.ranked_by) };
    const told = this.rows.map(({ track }) => this.#writeLine(this.lines.get(track), track, moment));
    if (rests) return;
    this.moved = now;
    this.#order(told);
  }

  /** Write one line; returns what its cells say. */
  #writeLine(line, track, moment) {
    const told = line.values.map((value) => cell(value, track, { ...moment, track }));
    told.forEach(({ text }, i) => {
      if (line.cells[i].textContent !== text) line.cells[i].textContent = text;
    });
    line.row.classList.toggle("tf-out", told.some(({ out }) => out));
    return told;
  }

  /** Put the lines in order; they glide to their new places. */
  #order(told) {
    const { sort, spec } = this;
    const column = spec.columns.findIndex(({ name }) => name === sort?.name);
    const values = told.map((cells, i) => (column < 0 ? this.rows[i].name : cells[column].value));
    const rows = sort ? sorted(this.rows, values, sort.descending) : this.rows;
    for (const header of this.box.querySelectorAll("th[data-column]")) {
      const state = header.dataset.column !== sort?.name ? "none" : sort.descending ? "descending" : "ascending";
      if (header.ariaSort !== state) header.ariaSort = state;
    }
    const lines = rows.map(({ track }) => this.lines.get(track).row);
    if (lines.every((line, i) => line === this.body.children[i])) return;
    this.#move(lines);
  }

  #move(lines) {
    const [focus, before] = [document.activeElement, [...this.body.children]];
    this.body.append(...lines);
    if (this.body.contains(focus)) focus.focus({ preventScroll: true });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    lines.forEach((line, i) => {
      const by = HEIGHT * (before.indexOf(line) - i);
      if (by) line.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], MOVE);
    });
  }

  #lifts(track) {
    if (track === this.lifted) return;
    this.lifted = track;
    this.charts.lift(track);
  }
}
