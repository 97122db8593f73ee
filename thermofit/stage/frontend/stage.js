// The stage: it shows runs on one playhead. The server trains and sends rows (connection.js), the clock moves
// (playback.js), figures and readouts follow (charts.js, transport_bar.js). It knows nothing of training.

import { Access } from "./access.js";
import { Actions } from "./actions.js";
import { inscribe } from "./bar_words.js";
import { Board } from "./board.js";
import { Brief } from "./brief.js";
import { Charts } from "./charts.js";
import { Hand } from "./hand.js";
import { PageChange } from "./page_change.js";
import { Playback } from "./playback.js";
import { Questions } from "./questions.js";
import { isOtherSession, isOvertaken } from "./run_id.js";
import { SettingsWatch } from "./settings_watch.js";
import { Sliders } from "./sliders.js";
import { mount, stoodAt } from "./stages.js";
import { allowSteps, showStatus } from "./status.js";
import { themeOf } from "./theme.js";
import { GHOST, Tracks } from "./tracks.js";
import { SKELETON, listen, put, write } from "./transport_bar.js";
import { Wishes } from "./wishes.js";
import { tr } from "./words.js";

export default (port) => mount(port, (before) => new Stage(before));

const PATIENCE = 2000; // ms that a picture waits for rows that come again

class Stage {
  /** `before` is what the stage in another language leaves whose place this one takes (stages.js). */
  constructor(before) {
    Object.assign(this, { before, shown: -1, frames: 0, changed: [], tracks: new Tracks(), playback: new Playback(), wishes: new Wishes() });
    this.box = document.createElement("section");
    this.box.className = "tf-stage";
    this.box.innerHTML = SKELETON;
    this.part = (name) => this.box.querySelector(`[data-part="${name}"]`);
    inscribe(this.part);
    this.hand = new Hand(this);
    this.sliders = new Sliders(this.part("hand"), this.hand);
    this.charts = new Charts(this.part("charts"), this.tracks, this.hand, (click) => this.ask({ click }), (text) => this.brief.say(text));
    this.board = new Board(this.part("board"), (act) => this.wishes.add({ act }), this.charts);
    this.pageChange = new PageChange();
    this.questions = new Questions(this);
    this.watch = new SettingsWatch(() => this.#settingsTouched());
    Object.assign(this, { access: new Access(this), actions: new Actions(this), brief: new Brief(() => { this.stale = true; }) });
    this.onKey = listen(this.part, { ...this.actions, keys: () => this.access.shortcuts.open() }, this.box);
    this.tick = this.tick.bind(this);
  }

  attach(place) {
    if (this.place === place) return;
    this.detach();
    clearTimeout(this.removalTimer);
    this.place = place;
    place.append(this.box);
    document.addEventListener("keydown", this.onKey);
    this.watch.attach();
    this.pageChange.attach();
    this.questions.lane.resume();
    this.timer = requestAnimationFrame(this.tick);
  }

  detach() {
    this.place = null;
    this.hand.cancel();
    cancelAnimationFrame(this.timer);
    document.removeEventListener("keydown", this.onKey);
    this.watch.detach();
    this.pageChange.detach();
    this.box.remove();
  }

  /** Nobody looks at it any more. */
  close() {
    this.detach();
    clearTimeout(this.removalTimer);
    this.questions.lane.close();
    this.charts.remove();
  }

  get rows() { return this.tracks.run; }
  get ghost() { return this.tracks.get(GHOST) ?? null; }
  get figures() { return this.charts.figures; }
  get playing() { return this.playback.playing; }
  get speed() { return this.playback.speed; }
  get inFlight() { return this.questions.inFlight; }
  get clock() { return this.rows?.clock; }

  /** The epoch shown: the newest recorded one at or before the playhead; while that is not here yet, the playhead's. */
  get epoch() {
    const row = this.rows?.at(this.playback.head) ?? -1;
    return row < 0 || this.playback.opening?.stays ? Math.floor(this.playback.head) : this.rows.epoch[row];
  }

  /** Whether it is not known yet which run comes next: nothing moves until it is. */
  get held() {
    return Boolean(!this.scene?.bare && this.watch.unsettled) || Boolean(this.change || this.restarting || this.hand.isActive);
  }

  // ---- answers ----

  /** An answer that came through the page. */
  hear(answer) {
    this.pageChange.end();
    this.questions.received(answer);
    this.wishes.received(answer.seq);
    if (!this.receive(answer)) return;
    this.watch.received(answer.seq);
    this.hand.received(answer.seq);
  }

  /** Take an answer; false if it was of no use. */
  receive(answer) {
    if (this.run && isOvertaken(answer.run, this.run)) return false;
    const scene = answer.scene ?? this.scene;
    if (scene?.id !== answer.sceneId) { // the scene was lost on the way, or another one is
      this.questions.askPage();
      return false;
    }
    const newScene = scene.id !== this.scene?.id;
    if (answer.run !== this.run) this.#setRun(answer, newScene); // while the rows mean what they meant
    if (newScene) this.#setScene(scene);
    const gaps = this.tracks.take(answer);
    if (answer.track) this.#takeStanding(answer);
    Object.assign(this, { end: answer.end, note: answer.note || this.note, changed: answer.changed, stale: true });
    this.results = answer.track ? { ...this.results, ...answer.results } : answer.results ?? this.results;
    this.#autoplay(answer);
    this.questions.tellWhere(answer.change);
    if (gaps.length) this.ask(gaps.some(({ track }) => track) ? { newest_row: -1 } : {}); // the playhead's rows may be here
    else if (this.playing && !document.hidden) this.questions.askNext();
    return true;
  }

  #takeStanding({ track, blocks }) {
    this.questions.pull(track);
    this.tracks.stand(track);
    if (blocks.length) this.charts.refresh(track);
  }

  #setScene(scene) {
    this.scene = scene;
    this.box.classList.toggle("tf-bare", scene.bare);
    const before = { epoch: this.shown < 0 ? 0 : this.epoch, until: performance.now() + PATIENCE };
    this.tracks.shape(scene.columns, scene.derived, scene.tracks);
    this.refilled = before; // rows without the new columns are gone, and come again
    this.tracks.hide(scene.board?.rows ?? []);
    this.tracks.lit.show(scene.figures);
    this.board.draw(scene.board);
    this.playback.speed ??= this.before.speed ?? scene.speed;
    for (const part of [this.hand, this.sliders]) part.show(scene.hand);
    this.#show();
    put.scene(this.part, scene, this.speed);
  }

  #show() {
    return this.charts.show(this.scene.figures, () => this.epoch, this.scene.downloads).finally(() => { this.stale = true; });
  }

  /** Another run: one that goes on from `base` of the one shown, or one from the start. */
  #setRun({ key, run, setup, base, parent, kept, unit_conversion: conversion, at, changed }, newScene) {
    this.tracks.isChanged = changed.length > 0;
    const [first, goesOn] = [this.run === undefined, this.run !== undefined && parent === this.run];
    const forgotten = !first && isOtherSession(run, this.run) && setup === this.setup;
    if (goesOn) {
      this.tracks.leaveFuture(base, this.playback.furthest, kept, conversion);
      this.playback.branch(base);
    } else {
      this.tracks.clear();
      if (forgotten) this.#goOn(run);
      else this.playback.restart((first ? this.before.stood(setup) ?? stoodAt(key, setup) : null) ?? at); // the page may have been loaded again
    }
    if (!newScene) this.charts.refresh();
    if (!first && !goesOn && !forgotten) {
      this.charts.rewind();
      if (!newScene) this.#show();
    }
    Object.assign(this, { run, setup, end: null, restarting: false, refilled: null });
    this.questions.forget();
  }

  /** The same run again, in another session: it goes on, playing or not, from the epoch shown. */
  #goOn(run) {
    this.playback.resume();
    this.autoplayed = run;
    if (this.changed.length) this.note = tr("The connection was lost. The run was trained again with the present settings.");
  }

  /** Play if the link says so, from the epoch at which the stage opens. */
  #autoplay({ play, run }) {
    const plays = (play || this.before.playing) && this.autoplayed !== run && !this.access.isCalm;
    if (plays) this.autoplayed = run;
    this.before.playing = false; // this run went on; the next one waits for Play
    if (this.playback.arrived(plays, this.rows.last, this.end?.epoch)) this.actions.start();
  }

  ask(extra) { this.questions.ask(extra); }

  /** Have the status line say this, or what it would say by itself. */
  say(note) {
    Object.assign(this, { note, stale: true });
  }

  checkTheme() {
    this.theme = this.box.dataset.theme = themeOf(this.box);
    if (this.scene && this.scene.theme !== this.theme) this.questions.askPage();
  }

  tick(now) {
    this.timer = requestAnimationFrame(this.tick);
    if (this.scene && !this.inFlight) this.questions.askForMissing();
    if (!this.rows?.length || !this.charts.isReady || this.#isRefilling(now)) return;
    this.frames++;
    this.actions.presses.act();
    this.playback.perEpoch = this.clock.perEpoch(this.playback.head);
    this.playback.advance(now, this.rows.last, this.held, this.end?.epoch);
    if (this.playing && this.end && this.playback.head >= this.end.epoch) this.actions.pause();
    const row = this.rows.at(this.playback.head);
    if ((row !== this.shown || this.stale) && !this.playback.opening?.stays) this.#draw(row, now);
    if (this.hand.holds) this.hand.wait(now); // nothing is asked while a line is moved
    else this.questions.keepAsking(now);
  }

  /** Whether rows shown before are on their way again: until then picture and playhead stay, for a while at most. */
  #isRefilling(now) {
    if (this.refilled && (this.rows.last >= this.refilled.epoch || now > this.refilled.until)) this.refilled = null;
    return Boolean(this.refilled);
  }

  #draw(row, now) {
    const moved = row !== this.shown;
    Object.assign(this, { shown: row, stale: false });
    const epoch = this.rows.epoch[row];
    this.playback.furthest = Math.max(this.playback.furthest, epoch);
    this.charts.draw(epoch, this.playing);
    write(this, epoch);
    this.board.write(epoch, now, this);
    if (moved) this.questions.moved(epoch, now);
    if (!this.playing) this.sliders.place();
    showStatus(this, epoch);
    this.access.tell(epoch);
  }

  #settingsTouched() {
    this.stale = true;
    if (this.held) allowSteps(this.part);
  }
}
