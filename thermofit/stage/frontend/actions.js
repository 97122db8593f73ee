// What a person does to the stage, by button, key or timeline.

import { linkTo } from "./moment.js";
import { Presses } from "./presses.js";
import { readyToPrint } from "./print.js";
import { fillScreen, isLarge, setLarge } from "./projector.js";
import { tr } from "./words.js";

export class Actions {
  constructor(stage) {
    this.stage = stage;
    this.presses = new Presses(() => stage.held);
    const ready = () => stage.rows?.length && !stage.scene.bare;
    const press = (action) => () => (ready() ? this.press(action) : false);
    readyToPrint(stage);
    Object.assign(this, {
      play: () => (ready() ? this.toggle() : false),
      step: press(() => this.stepBy(1)),
      back: press(() => this.stepBy(-1)),
      reset: press(() => this.restart()),
      link: () => this.copyLink(),
      readings: () => document.querySelector(".st-key-save-readings button")?.click(), // see own_readings.py
      large: () => this.enlarge(!isLarge()),
      full: async () => await fillScreen() || stage.brief.say(tr("Your browser did not allow full screen.")),
      pin: press(() => stage.wishes.add({ pin: true, at: stage.epoch })),
      go: (epoch) => this.press(() => this.goTo(epoch)),
      speed: (speed) => { Object.assign(stage.playback, { speed }); },
    });
  }

  /** Whether it plays, or will once a change is made. */
  get plays() {
    return this.presses.plays ?? this.stage.playing;
  }

  press(action) {
    this.stage.brief.end();
    this.stage.watch.commit();
    this.presses.press(action);
    this.stage.stale = true;
  }

  toggle() {
    const plays = (this.presses.plays = !this.plays);
    this.press(() => (plays ? this.start() : this.pause()));
  }

  start() {
    const { stage } = this;
    if (!stage.rows?.length) return;
    stage.tried = stage.run;
    if (stage.playback.opening) this.pause(); // from the epoch shown
    if (stage.end && stage.epoch >= stage.end.epoch) stage.playback.head = 0; // like a film: Play at the end starts again
    stage.playback.play();
    stage.say("");
    stage.questions.askAhead();
  }

  pause() {
    this.stage.playback.pause(this.stage.epoch);
    this.stage.stale = true;
  }

  goTo(epoch) {
    this.pause();
    this.stage.playback.go(epoch, this.stage.rows.last);
    this.stage.say("");
  }

  stepBy(epochs) {
    const { stage } = this;
    if (epochs > 0) stage.tried = stage.run;
    if (stage.playback.opening) this.pause();
    this.goTo(stage.playback.stepped(epochs, stage.end?.epoch ?? stage.rows.clock.row(stage.scene.epochs)));
    const at = Math.floor(stage.playback.head);
    if (!stage.rows.dense(at, at)) stage.ask({ dense: true, at });
  }

  /** Back to the start; where settings were changed on the way, a new run with the present ones. */
  restart() {
    const { stage } = this;
    this.goTo(0);
    stage.restarting = stage.changed.length > 0 || Boolean(stage.ghost); // until the server has begun it
    if (stage.restarting) stage.ask({ restart: true });
  }

  async copyLink() {
    const [link, copied] = linkTo(this.stage, location.href);
    this.stage.brief.say(await navigator.clipboard.writeText(link).then(
      () => copied, () => tr("Your browser did not allow copying. The address bar holds a link to these settings.")));
  }

  /** Have everything large, as on a projector, or as usual. */
  enlarge(on) {
    const { stage } = this;
    setLarge(on);
    stage.part("large").setAttribute("aria-pressed", on);
    stage.charts.showAgain().finally(() => { stage.stale = true; });
  }
}
