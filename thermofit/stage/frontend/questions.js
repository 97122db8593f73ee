// What the stage asks the server for, and when. Rows come by the lane, a socket of the stage's own; what may change the page,
// and everything while the lane is closed, goes through the page's script. Each way has one question under way at a time.

import { Connection, nextMessage } from "./connection.js";
import { Lane } from "./lane.js";

const SETTLE = 250; // ms of standing still before the server is told the epoch
const AHEAD = 1.9; // s of playing that the browser asks for; it asks again when a third of that is left
const FEW = 4; // epochs in hand at the slowest speed, so that Step answers at once
const FOR_THE_PAGE = ["paused", "held", "change", "restart", "click", "start", "act", "pin", "edit"]; // the page follows these
const AGAIN = 1000; // ms until a track that the server does not know, or not yet, is asked for again

export class Questions {
  constructor(stage) {
    this.stage = stage;
    this.page = new Connection(() => this.#shown(), nextMessage);
    this.lane = new Lane(() => this.#shown(), (answer) => stage.receive(answer), () => this.askPage());
  }

  /** Whether an answer is awaited. */
  get inFlight() {
    return this.page.inFlight || this.lane.connection.inFlight;
  }

  /** The way that rows come. */
  get #forRows() {
    return this.lane.isOpen ? this.lane.connection : this.page;
  }

  ask(extra = {}) {
    if (!this.lane.isOpen || FOR_THE_PAGE.some((word) => word in extra)) this.askPage(extra);
    else this.lane.connection.ask(extra);
  }

  /** Ask through the page: not while another page comes, and while a setting travels only what it means. */
  askPage(extra = {}) {
    const { pageChange, watch, hand } = this.stage;
    const waits = pageChange.isUnderWay || (watch.unsettled && !extra.held);
    const question = waits ? this.page.wait(extra) : this.page.ask(extra);
    if (question?.held) watch.sent(question.seq);
    if (question?.start) hand.sent(question.seq);
    if (question?.act || question?.pin || question?.edit) this.stage.wishes.sent(question.seq);
  }

  /** An answer has come through the page. */
  received({ seq, lane }) {
    this.page.received(seq);
    this.lane.use(lane);
  }

  /** What was asked of the run before needs no answer. */
  forget() {
    this.page.forget();
    this.lane.connection.forget();
  }

  /** What every question tells. */
  #shown() {
    const { run, scene, theme, rows, tracks, epoch, speed } = this.stage;
    const newest = tracks.isShort ? -1 : rows?.last ?? -1;
    const shown = { run: run ?? "", scene: scene?.id ?? "", theme, newest_row: newest, at: epoch, speed };
    const batches = this.#batches;
    return batches < 0 ? shown : { ...shown, batches: tracks.lit.ask(batches) };
  }

  /** Ask for the first rows, as a question of the first moment may be lost, and for rows that lack what is shown now. */
  askForMissing() {
    const { rows, tracks } = this.stage;
    if (!rows.length) this.ask();
    else if (tracks.isShort) this.ask({ target_epoch: rows.last, seek: true });
  }

  /** The row from which on batches are wanted; -1: none are. */
  get #batches() {
    const { rows, epoch, playback, tracks } = this.stage;
    return rows?.length ? tracks.lit.lacks(epoch, rows.last, playback) : -1;
  }

  /** Rows for the next seconds of playing, or up to an epoch that somebody wants to see. */
  askAhead() {
    const { rows, held, end, speed, playback: { head, wanted, playing, opening, perEpoch } } = this.stage;
    if (this.#forRows.inFlight || !rows || held || rows.last >= (end?.epoch ?? Infinity)) return;
    if (opening) return this.ask({ target_epoch: wanted, seek: true });
    if (speed === "max" && playing) return this.ask({ target_epoch: "max" });
    if (speed === "max") return wanted > rows.last ? this.ask({ target_epoch: Math.ceil(wanted) }) : null;
    const lead = Math.max(FEW, AHEAD * Number(speed) * perEpoch);
    const missing = head + lead / (playing ? 3 : 1) > rows.last;
    if (missing && (playing || wanted > rows.last)) this.ask({ target_epoch: Math.ceil(head + lead) });
  }

  /** Rows of the run and of a track that is not here yet, in turn. */
  askNext() {
    if (this.#forRows.inFlight) return;
    this.tookTurn = !this.tookTurn && this.#askForTrack();
    if (!this.tookTurn) this.askAhead();
  }

  /** Ask for the next track that is not here, in a question of its own; false if there is none, or no way for it. */
  #askForTrack() {
    const { tracks, held, watch, pageChange } = this.stage;
    const [track, way, now] = [tracks.lacking, this.#forRows, this.page.clock()];
    if (!track || held || watch.unsettled || pageChange.isUnderWay || !way.isFree) return false;
    if (track === this.pulled && now - this.pulledAt < AGAIN) return false;
    Object.assign(this, { pulled: track, pulledAt: now });
    way.ask({ track });
    return true;
  }

  /** This track is known to the server: if its rows are not here yet, they may be asked for at once. */
  pull(track) {
    if (track === this.pulled) this.pulled = null;
  }

  /** Whatever has to be asked or told, once per picture. */
  keepAsking(now) {
    const { stage, page, lane } = this;
    if (lane.connection.isLate) lane.drop();
    this.askNext();
    if (stage.watch.isLost(page.seq, page.inFlight)) stage.watch.lost();
    if (!stage.scene.bare && stage.watch.isDue()) this.ask({ held: true });
    if (stage.change && !page.inFlight) this.ask({ change: stage.change, at: stage.epoch });
    if (stage.restarting && !page.inFlight) this.ask({ restart: true });
    if (stage.hand.dropped && !page.inFlight) this.ask({ start: stage.hand.dropped });
    if (stage.wishes.next && !page.inFlight) this.ask(stage.wishes.next);
    if (page.isDue) this.askPage();
    if (lane.connection.isDue || (!stage.held && this.#forRows.isFree && this.#batches >= 0)) this.ask();
    const stands = !stage.playing && !stage.playback.opening && !stage.hand.isActive;
    if (stands && this.movedAt && now - this.movedAt > SETTLE) this.#settle();
  }

  /**
   * Another epoch is shown. The server is told at once that the run has left epoch 0: a setting that changes now meets
   * a run under way.
   */
  moved(epoch, now) {
    this.movedAt = now;
    if (epoch <= 0 || this.begun === this.stage.run) return;
    this.begun = this.stage.run;
    this.ask();
  }

  /** The picture has come to stand still. */
  #settle() {
    const { run, rows, playback } = this.stage;
    this.movedAt = 0;
    const at = Math.floor(playback.head);
    if (this.settled === `${run} ${at}`) return;
    this.settled = `${run} ${at}`;
    this.ask({ paused: true, at, dense: !rows.dense(Math.max(0, at - FEW), at) });
  }

  /** Settings change at the epoch that is shown now, which the server asks for. */
  tellWhere(change) {
    const { stage } = this;
    if (change && stage.rows.at(stage.playback.head) < 0) {
      this.ask({ newest_row: -1 }); // it can be told when its row is here
    } else if (change && change !== stage.change) {
      stage.change = change;
      this.ask({ change, at: stage.epoch });
    } else if (!change) {
      stage.change = null;
    }
  }
}
