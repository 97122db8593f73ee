// The figures of a stage, side by side, with their switches.

import { Downloads } from "./downloads.js";
import { Figure } from "./figure.js";
import { Handles } from "./handles.js";
import { Labels } from "./labels.js";
import { LiveContours } from "./live_contours.js";
import { LostLine } from "./lost_line.js";
import { Points } from "./points.js";
import { enlarged, isLarge, startLarge } from "./projector.js";
import { Room } from "./room.js";
import { RunTable } from "./run_table.js";
import { closeSidebarAfterChoices } from "./sidebar_closes.js";
import "./styles.js";
import { Tips } from "./tips.js";
import { sentence } from "./transport_bar.js";
import { tapsOnly, turnable } from "./touch.js";

closeSidebarAfterChoices();

const beside = (name) => new URL(name, import.meta.url).href;

const loaded = (tag, properties) => new Promise((resolve, reject) => {
  const failed = () => reject(new Error(`no ${tag}`));
  document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: failed }));
});

const ready = loaded("script", { src: beside("plotly.min.js") });

const sized = (figure) => (isLarge() ? enlarged(figure) : figure);

export class Charts {
  /** `say(text)` has the status line say something for a moment. */
  constructor(box, tracks, hand, onClick, say) {
    Object.assign(this, { box, tracks, hand, onClick, say, figures: [], busy: undefined, room: new Room(box) });
    this.tips = new Tips(box.parentElement);
    startLarge();
  }

  /** Whether something may be drawn: nothing is, into a plot that is being changed. */
  get isReady() {
    return this.busy === 0;
  }

  /** Show these figures (as copies: Plotly and the playhead write into them), as they are at the epoch that `at` tells. */
  async show(specs, at, downloads = false) {
    this.shown = [specs, at, downloads];
    specs.forEach((_, i) => (this.figures[i] ??= this.#add()).downloads.show(downloads));
    this.busy = (this.busy ?? 0) + 1;
    try {
      await ready;
      const shows = specs.map((spec, i) => this.figures[i].show(sized(structuredClone(spec)), at));
      specs.forEach(({ layout }, i) => {
        this.figures[i].table.offer(layout.meta?.table);
        this.#switches(this.figures[i], layout.meta?.toggles ?? []);
      });
      await Promise.all(shows);
    } finally {
      this.busy--;
    }
  }

  /** Show the same figures in another size. */
  showAgain() {
    return this.show(...this.shown);
  }

  draw(epoch, playing) {
    for (const figure of this.figures) {
      figure.draw(epoch, playing);
      figure.table.write(epoch, playing);
    }
  }

  /** Say in words what each figure shows. */
  describe(rows, row) {
    this.figures.forEach((figure) => {
      figure.box.setAttribute("aria-label", sentence(figure.meta.alt ?? [], rows, row));
    });
  }

  /** Show what stands still, or only this track of it, as it is now. */
  refresh(track) {
    this.figures.forEach((figure) => figure.refresh(track));
  }

  /** Dim all curves but those of this track; null: none. */
  lift(track) {
    this.figures.forEach((figure) => figure.lift(track));
  }

  /** Show or hide the curves of this track. */
  showTrack(track, shown) {
    this.tracks.hidden[shown ? "delete" : "add"](track);
    this.figures.forEach((figure) => figure.showTrack(track));
  }

  /** Readings are in somebody's hand: what else is drawn of them follows. */
  follow(edits) {
    this.figures.forEach((figure) => figure.contours.follow(edits));
  }

  rewind() {
    this.figures.forEach((figure) => figure.rewind());
  }

  remove() {
    this.room.remove();
    this.figures.forEach((figure) => figure.remove());
  }

  #add() {
    const card = document.createElement("figure");
    card.className = "tf-chart";
    card.innerHTML = '<div class="tf-toggles"></div><div class="tf-plot" role="img"></div>';
    this.box.append(card);
    const figure = new Figure(card.querySelector(".tf-plot"), this.tracks);
    figure.onClick = this.onClick;
    figure.handles = new Handles(card, figure, this.hand);
    figure.points = new Points(card, figure, this.hand);
    figure.contours = new LiveContours(figure);
    figure.labels = new Labels(card);
    figure.lost = new LostLine(card);
    figure.downloads = new Downloads(card, figure);
    tapsOnly(figure.box);
    turnable(figure);
    figure.table = new RunTable(card, figure.box, this.tracks, this.say, () => this.#redraw(figure));
    return figure;
  }

  /** Draw a picture that was covered: it may have another size by now, and what was under way is lost with the old one. */
  #redraw(figure) {
    return Plotly.Plots.resize(figure.box).then(() => figure.draw(figure.epoch ?? -1));
  }

  #switches(figure, toggles) {
    figure.box.parentElement.querySelector(".tf-toggles").replaceChildren(...toggles.map((toggle) => {
      const label = document.createElement("label");
      label.innerHTML = `<input type="checkbox"> <span></span>`;
      Object.assign(label.querySelector("span"), { textContent: toggle.label, style: toggle.colour ? `border-bottom: 3px solid ${toggle.colour}` : "" });
      const input = label.querySelector("input");
      Object.assign(input, { checked: figure.isOn(toggle), disabled: Boolean(toggle.refused) });
      input.onchange = () => figure.toggle(toggle.label, input.checked);
      return label;
    }));
  }
}
