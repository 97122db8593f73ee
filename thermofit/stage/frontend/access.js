// What helps those who do without a mouse or without the picture. Each has a module of its own; this one joins them to
// the stage.

import { isCalm } from "./calm.js";
import { keepToOneLine } from "./one_line.js";
import { keepReaching } from "./scrollables.js";
import { Shortcuts } from "./shortcuts.js";
import { SkipLink } from "./skip_link.js";
import { Sound } from "./sound.js";
import { hasEnded } from "./status.js";
import { Toolbar } from "./toolbar.js";

let skipLink; // one for the page, however many stages it has

export class Access {
  constructor(stage) {
    const { box, part } = stage;
    Object.assign(this, { stage, sound: new Sound(), toolbar: new Toolbar(box.querySelector(".tf-bar")) });
    this.shortcuts = new Shortcuts(box, part("keys"));
    keepToOneLine(box.querySelector(".tf-bar"));
    part("sound").addEventListener("click", () => this.#switchSound(!this.sound.on));
    if (skipLink) return;
    skipLink = new SkipLink();
    keepReaching();
  }

  #switchSound(on) {
    this.sound.switch(on);
    this.stage.part("sound").setAttribute("aria-pressed", String(on));
  }

  /** Whether nothing may play by itself. */
  get isCalm() {
    return isCalm();
  }

  /** The picture of this epoch is shown. */
  tell(epoch) {
    const { stage } = this;
    skipLink.show();
    this.toolbar.settle();
    const { rows, end, playing, part } = stage;
    part("sound").hidden = !rows.names.includes("train_loss"); // of many runs there is no one loss
    if (part("sound").hidden) return;
    const exploded = end?.kind === "bad" && hasEnded(stage, epoch);
    this.sound.tell({ playing, loss: rows.value("train_loss", rows.at(epoch)), exploded });
  }
}
