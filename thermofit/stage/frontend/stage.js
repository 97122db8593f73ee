// The stage: it keeps the rows that the server sent, moves a playhead over them at the display's rate and draws.
// It knows figures, readouts and time. What is trained, and how, is the server's business.
//
// To the server goes one question at a time ("ask"): {seq, run, scene, theme, have, want, at, …}.
// Back comes one binary answer: uint32 header length, header (JSON), then the blocks' columns as float32.
// Every answer names its run and the epochs it holds, so one that is lost, late or repeated does no harm.

import { Figure, nice } from "./figures.js";
import { Rows } from "./rows.js";
import { SKELETON, cells, put, sentence } from "./panel.js";
import { SettingsWatch } from "./settings_watch.js";

const PATIENCE = 3000; // ms without an answer before a question is asked again
const CATCH_UP = 150; // ms: at Max the playhead closes most of the gap to the newest row in this time
const GRACE = 3000; // ms that a stage without a place waits for one
const SETTLE = 250; // ms of standing still before the server is told the epoch
const AHEAD = 1.9; // s of playing that the browser asks for; it asks again when a third of that is left
const APART = 12; // ms between two questions: Streamlit sends what comes at one moment as if from one place
const FEW = 4; // epochs in hand at the slowest speed, so that Step answers at once

const beside = (name) => new URL(name, import.meta.url).href;

const loaded = (tag, properties) => new Promise((resolve, reject) => {
  const failed = () => reject(new Error("The charts could not be loaded."));
  document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: failed }));
});

// Before a plot can measure its room, both must be there.
const ready = Promise.all([
  loaded("script", { src: beside("plotly.min.js") }),
  loaded("link", { rel: "stylesheet", href: beside("stage.css") }),
]);

const stages = new Map(); // by the key that the server gives: Streamlit's own is another one in each place

export default function mount({ data, parentElement, setTriggerValue }) {
  const answer = unpack(data);
  const stage = (parentElement.stage = stages.get(answer.key) ?? new Stage());
  stages.set(answer.key, stage);
  stage.enter(parentElement);
  stage.send = (question) => setTriggerValue("ask", question);
  stage.receive(answer);
  stage.checkTheme();
  return () => leave(answer.key, stage, parentElement);
}

/** Where runs of the page cross, Streamlit takes a component away and puts it back: then the stage plays on. */
function leave(key, stage, place) {
  if (stage.place !== place) return;
  stage.exit();
  stage.farewell = setTimeout(() => {
    stages.delete(key);
    stage.remove();
  }, GRACE);
}

function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const numbers = new Float32Array(bytes.slice(4 + length).buffer);
  let offset = 0;
  for (const block of header.blocks) {
    block.columns = {};
    for (const name of header.columns) {
      block.columns[name] = numbers.subarray(offset, (offset += block.count));
    }
  }
  return header;
}

class Stage {
  constructor() {
    Object.assign(this, { head: 0, playing: false, wanted: 0, seq: 0, askedAt: 0, sentAt: 0, due: false, pending: {}, shown: -1, frames: 0, time: 0 });
    this.figures = [];
    this.meant = []; // what was pressed while a change is on its way
    this.watch = new SettingsWatch(() => this.#settingsTouched());
    this.box = document.createElement("section");
    this.box.className = "tf-stage";
    this.box.innerHTML = SKELETON;
    this.part = (name) => this.box.querySelector(`[data-part="${name}"]`);
    this.#listen();
    this.tick = this.tick.bind(this);
  }

  enter(place) {
    if (this.place === place) return;
    this.exit();
    clearTimeout(this.farewell);
    this.place = place;
    place.append(this.box);
    document.addEventListener("keydown", this.onKey);
    this.watch.attach();
    this.timer = requestAnimationFrame(this.tick);
  }

  exit() {
    this.place = null;
    cancelAnimationFrame(this.timer);
    document.removeEventListener("keydown", this.onKey);
    this.watch.detach();
    this.box.remove();
  }

  remove() {
    this.figures.forEach((figure) => figure.remove());
  }

  // ---- answers ----

  receive(answer) {
    if (answer.seq === this.seq) this.askedAt = 0;
    const scene = answer.scene ?? this.scene;
    if (scene?.id !== answer.sceneId) return this.ask(); // the scene was lost on the way
    const changes = scene.id !== this.scene?.id;
    if (answer.run !== this.run) this.#setRun(answer, changes); // while the rows mean what they meant
    if (changes) this.#setScene(scene);
    const complete = answer.blocks.every((block) => this.rows.add(block));
    Object.assign(this, { end: answer.end, note: answer.note || this.note, changed: answer.changed });
    if (answer.play && this.autoplayed !== answer.run) {
      this.autoplayed = answer.run;
      this.play();
    }
    if (answer.change && this.rows.at(this.head) < 0) {
      this.ask({ have: -1 }); // which epoch is shown can be told when its row is here
    } else if (answer.change && answer.change !== this.change) {
      this.change = answer.change; // settings change at the epoch that is shown now
      this.ask({ change: answer.change, at: this.epoch });
    } else if (!answer.change) {
      this.change = null;
    }
    this.watch.received(answer.seq);
    this.stale = true;
    if (!complete) this.ask();
    else if (this.playing && !document.hidden) this.#askAhead();
  }

  #setScene(scene) {
    this.scene = scene;
    this.box.classList.toggle("tf-bare", scene.bare);
    this.rows ??= new Rows(scene.columns, scene.derived);
    if (this.rows.names.join() !== scene.columns.join()) this.rows = new Rows(scene.columns, scene.derived);
    for (const rows of [this.rows, this.ghost]) if (rows) rows.derived = Object.entries(scene.derived);
    this.speed ??= scene.speed;
    const charts = this.part("charts");
    scene.figures.forEach((spec, i) => {
      if (!this.figures[i]) {
        const card = document.createElement("figure");
        card.className = "tf-chart";
        card.innerHTML = '<div class="tf-toggles"></div><div class="tf-plot" role="img"></div>';
        charts.append(card);
        this.figures[i] = new Figure(card.querySelector(".tf-plot"), this.rows);
        this.figures[i].onClick = (click) => this.ask({ click });
      }
      this.figures[i].rows = this.rows;
    });
    this.#dress();
    put.readouts(this.part("readouts"), scene.readouts);
    put.speeds(this.part("speeds"), scene.speeds, this.speed);
  }

  /** Show the scene's figures (as copies: Plotly and the playhead write into them). */
  async #dress() {
    this.dressing = (this.dressing ?? 0) + 1; // nothing is drawn into a plot that is being changed
    try {
      await ready;
      const shows = this.scene.figures.map((figure, i) => this.figures[i].show(structuredClone(figure)));
      this.scene.figures.forEach(({ layout }, i) => this.#toggles(this.figures[i], layout.meta?.toggles ?? []));
      await Promise.all(shows);
    } finally {
      this.dressing--;
      this.stale = true;
    }
  }

  #toggles(figure, toggles) {
    const box = figure.box.previousElementSibling;
    box.replaceChildren(...toggles.map((toggle) => {
      const label = document.createElement("label");
      label.innerHTML = `<input type="checkbox"> <span></span>`;
      label.querySelector("span").textContent = toggle.label;
      const input = label.querySelector("input");
      input.checked = figure.isOn(toggle);
      input.onchange = () => figure.toggle(toggle.label, input.checked);
      return label;
    }));
  }

  /** Another run: one that goes on from `base` of the one shown, or one from the start. */
  #setRun({ run, base, parent, kept, retold, at }, dressed) {
    const first = this.run === undefined;
    const goesOn = !first && parent === this.run;
    if (goesOn) this.#goOn(base, kept, retold);
    else this.#beginAnew(first ? at : 0); // a page that is opened again shows where the run stood
    this.restarting = false;
    this.figures.forEach((figure) => figure.leave(this.ghost, !dressed));
    if (!first && !goesOn) {
      this.figures.forEach((figure) => figure.rewind());
      if (!dressed) this.#dress();
    }
    this.run = run;
    this.askedAt = 0; // what was asked of the old run needs no answer
    this.end = null;
  }

  /** What was shown of the future becomes a ghost; `retold` says how it reads in the new run's units. */
  #goOn(base, kept, retold) {
    if (this.furthest > base) this.ghost = this.rows.between(base, this.furthest); // else the one before stays
    this.ghost?.tell(retold);
    this.rows.truncate(kept);
    this.head = Math.min(this.head, base);
    this.furthest = base;
    this.wanted = 0;
  }

  #beginAnew(epoch) {
    this.rows?.clear();
    Object.assign(this, { playing: false, wanted: 0, head: epoch, furthest: 0, ghost: null });
  }

  // ---- questions ----

  ask(extra = {}) {
    this.pending = { ...this.pending, ...extra };
    this.due = true;
    const now = performance.now();
    if (this.inFlight || now - this.sentAt < APART) return; // what was asked meanwhile goes with the next question
    Object.assign(this, { askedAt: now, sentAt: now, due: false });
    const question = {
      seq: ++this.seq, run: this.run ?? "", scene: this.scene?.id ?? "", theme: this.theme,
      have: this.rows?.last ?? -1, at: this.epoch, speed: this.speed, ...this.pending,
    };
    this.pending = {};
    if (question.held) this.watch.sent(this.seq);
    this.send(question);
  }

  get inFlight() {
    return this.askedAt > 0 && performance.now() - this.askedAt < PATIENCE;
  }

  #askAhead() {
    if (this.inFlight || !this.rows || this.held || this.rows.last >= (this.end?.epoch ?? Infinity)) return;
    if (this.speed === "max") {
      if (this.playing) this.ask({ want: "max" });
      return;
    }
    const lead = Math.max(FEW, AHEAD * Number(this.speed));
    const missing = this.head + lead / (this.playing ? 3 : 1) > this.rows.last;
    if (missing && (this.playing || this.wanted > this.rows.last)) this.ask({ want: Math.ceil(this.head + lead) });
  }

  /** The answer to a question that is asked after a setting was touched tells which run the page means. */
  #askWhatWasTouched() {
    if (this.watch.seq === this.seq && this.watch.answered < this.watch.asked && !this.inFlight) this.watch.lost();
    if (!this.scene.bare && this.watch.isDue()) this.ask({ held: true });
  }

  #settle() {
    const at = Math.floor(this.head);
    if (this.settled === `${this.run} ${at}`) return;
    this.settled = `${this.run} ${at}`;
    this.ask({ still: true, at, near: !this.rows.dense(Math.max(0, at - FEW), at) });
  }

  checkTheme() {
    const colour = getComputedStyle(this.box).getPropertyValue("--st-background-color");
    const probe = document.createElement("span");
    probe.style.color = colour;
    this.box.append(probe);
    const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
    probe.remove();
    this.theme = 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
    this.box.dataset.theme = this.theme;
    if (this.scene && this.scene.theme !== this.theme) this.ask();
  }

  // ---- time ----

  /** The epoch shown: the newest recorded one at or before the playhead; while that is not here yet, the playhead's. */
  get epoch() {
    const row = this.rows?.at(this.head) ?? -1;
    return row < 0 ? Math.floor(this.head) : this.rows.epoch[row];
  }

  tick(now) {
    this.timer = requestAnimationFrame(this.tick);
    const elapsed = Math.min(now - this.time, 100); // a tab that was hidden goes on where it stood
    this.time = now;
    if (this.scene && !this.rows.length && !this.inFlight) this.ask(); // a question of the first moment may be lost
    if (!this.rows?.length || this.dressing !== 0) return;
    this.frames++;
    this.#act();
    if (this.playing && !this.held) this.#advance(elapsed);
    if (!this.playing && this.wanted > this.head) this.head = Math.min(this.wanted, this.rows.last);
    const row = this.rows.at(this.head);
    if (row !== this.shown || this.stale) this.#draw(row, now);
    this.#askAhead();
    this.#askWhatWasTouched();
    if (this.change && !this.inFlight) this.ask({ change: this.change, at: this.epoch });
    if (this.restarting && !this.inFlight) this.ask({ restart: true });
    if (this.due && !this.inFlight) this.ask();
    if (!this.playing && this.movedAt && now - this.movedAt > SETTLE) {
      this.movedAt = 0;
      this.#settle();
    }
  }

  #advance(elapsed) {
    const newest = this.rows.last;
    const step = this.speed === "max"
      ? Math.max(1, (newest - this.head) * (1 - Math.exp(-elapsed / CATCH_UP)))
      : (Number(this.speed) * elapsed) / 1000;
    this.head = Math.min(this.head + step, newest);
    if (this.end && this.head >= this.end.epoch) this.pause();
  }

  #draw(row, now) {
    const moved = row !== this.shown;
    this.shown = row;
    this.stale = false;
    this.figures.forEach((figure) => figure.draw(row));
    const epoch = this.rows.epoch[row];
    this.furthest = Math.max(this.furthest, epoch);
    cells(this.box, this.rows, row);
    put.progress(this.part("progress"), epoch, this.scene.epochs);
    const timeline = this.part("timeline");
    timeline.max = Math.min(nice(Math.max(this.rows.last, 10)), this.scene.epochs);
    timeline.value = epoch;
    timeline.style.setProperty("--done", `${(100 * epoch) / timeline.max}%`);
    timeline.style.setProperty("--known", `${(100 * this.rows.last) / timeline.max}%`);
    if (moved) this.movedAt = now;
    if (moved && epoch > 0 && this.begun !== this.run) this.#tellBegun();
    if (!this.playing) this.#describe(row);
    this.#status(epoch);
  }

  /** The server is told at once that the run has left epoch 0: a setting that changes now meets a run under way. */
  #tellBegun() {
    this.begun = this.run;
    this.ask();
  }

  #describe(row) {
    this.figures.forEach((figure) => {
      figure.box.setAttribute("aria-label", sentence(figure.meta.alt ?? [], this.rows, row));
    });
  }

  /** What is seen while it plays; a film that is shown again has its change still to come. */
  #playing(epoch) {
    const change = this.changed.find((at) => at > epoch);
    return change ? `Played again: settings change at epoch ${change}. Reset starts with the present ones.`
      : "Training. Pause at any epoch to look closer.";
  }

  #status(epoch) {
    const ended = this.end && epoch >= this.end.epoch;
    const text = this.watch.typing ? "Press Enter or Play to use what you typed."
      : ended ? this.end.text
      : this.playing ? (this.note || this.#playing(epoch))
      : this.note || (epoch ? `Paused at epoch ${epoch}.` : "Ready. Press Play to start training.");
    const box = this.part("status");
    box.dataset.kind = ended ? this.end.kind : "";
    if (box.textContent !== text) box.textContent = text;
    const label = this.showsPlaying ? "Pause" : "Play";
    const button = this.part("play");
    if (button.dataset.shows !== label) {
      button.dataset.shows = label;
      button.querySelector("span").textContent = label;
      button.setAttribute("aria-label", label);
    }
    this.part("back").disabled = epoch <= 0 && !this.held;
    this.part("step").disabled = Boolean(ended) && !this.held;
  }

  // ---- what a person does ----

  /** Whether it is not known yet which run comes next: nothing moves until it is. */
  get held() {
    return Boolean(!this.scene?.bare && this.watch.unsettled) || Boolean(this.change || this.restarting);
  }

  /** What is pressed while a change is on its way is meant for the run that the change begins. */
  press(action) {
    this.watch.commit();
    this.meant.push(action);
    this.#act();
    this.stale = true;
  }

  #act() {
    while (this.meant.length && !this.held) this.meant.shift()();
    if (!this.meant.length) this.intent = null;
  }

  #settingsTouched() {
    this.stale = true;
    if (this.held) this.part("step").disabled = this.part("back").disabled = false;
  }

  /** Whether it plays, or will once the change is made. */
  get showsPlaying() {
    return this.intent ?? this.playing;
  }

  toggle() {
    const plays = (this.intent = !this.showsPlaying);
    this.press(() => (plays ? this.play() : this.pause()));
  }

  play() {
    if (!this.rows?.length) return;
    if (this.end && this.epoch >= this.end.epoch) this.head = 0; // like a film: Play at the end starts again
    this.note = "";
    Object.assign(this, { playing: true, stale: true, wanted: 0 });
    this.#askAhead();
  }

  pause() {
    if (!this.playing) return;
    Object.assign(this, { playing: false, stale: true, head: this.epoch, wanted: 0 });
  }

  go(epoch) {
    this.pause();
    this.wanted = epoch;
    this.head = Math.min(Math.max(0, epoch), this.rows.last);
    this.note = "";
    this.stale = true;
  }

  /** Steps beyond the newest row are remembered and made when the row is here. */
  step(by) {
    const limit = this.end?.epoch ?? this.scene.epochs;
    const from = Math.min(Math.max(this.wanted, Math.floor(this.head)), limit);
    this.go(Math.max(0, Math.min(from + by, limit)));
    if (!this.rows.dense(Math.floor(this.head), Math.floor(this.head))) this.ask({ near: true, at: Math.floor(this.head) });
  }

  reset() {
    this.go(0);
    this.restarting = this.changed.length > 0 || Boolean(this.ghost); // until the server has begun a new run
    if (this.restarting) this.ask({ restart: true });
  }

  setSpeed(speed) {
    this.speed = speed;
    this.stale = true;
  }

  async copyLink() {
    const url = new URL(location.href);
    url.searchParams.set("speed", this.speed);
    await navigator.clipboard.writeText(url.href).then(
      () => this.#say(this.changed.length ? "Link copied: it opens these settings, from epoch 0 on." : "Link copied: it opens exactly this set-up."),
      () => this.#say("Your browser did not allow copying. The address bar holds the link."));
  }

  #say(note) {
    this.note = note;
    this.stale = true;
  }

  #listen() {
    const click = (name, action) => this.part(name).addEventListener("click", () => this.rows?.length && action());
    click("play", () => this.toggle());
    click("step", () => this.press(() => this.step(1)));
    click("back", () => this.press(() => this.step(-1)));
    click("reset", () => this.press(() => this.reset()));
    click("link", () => this.copyLink());
    this.part("timeline").addEventListener("input", ({ target: { value } }) => this.press(() => this.go(Number(value))));
    this.part("speeds").addEventListener("change", ({ target }) => this.setSpeed(target.value));
    const keys = { " ": () => this.toggle(), ArrowRight: () => this.press(() => this.step(1)),
      ArrowLeft: () => this.press(() => this.step(-1)), Home: () => this.press(() => this.reset()) };
    this.onKey = (event) => {
      const busy = event.target.closest?.("input, textarea, select, button, [role=slider], [contenteditable=true]");
      const action = keys[event.key];
      if (!action || busy || this.scene?.bare || event.ctrlKey || event.metaKey || event.altKey || !this.rows?.length) return;
      event.preventDefault();
      action();
    };
  }
}
