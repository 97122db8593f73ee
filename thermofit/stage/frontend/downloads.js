// Saving a chart as an image: a small menu on each, drawn by Plotly's own `downloadImage`.

import { tr } from "./words.js";

const SCALE = 2; // of a PNG, for print

/** The figure as it is saved: on the page's background, with the names that lie over the plot written into it. */
export function saved({ data, layout }, names, background) {
  const written = names.map(({ text, x, y, colour }) => ({
    text: text.replace(/&/g, "&amp;").replace(/</g, "&lt;"), x, y, font: { color: colour }, xref: "paper", yref: "paper", xanchor: "left", yanchor: "middle", showarrow: false,
  }));
  const annotations = [...(layout.annotations ?? []), ...written];
  return { data, layout: { ...layout, annotations, paper_bgcolor: background, plot_bgcolor: background } };
}

/** A file's name from what the chart shows along its axes. */
export const nameOf = (title) => `thermofit ${title}`.toLowerCase().replace(/[^\p{L}\p{M}\p{Nd}]+/gu, "-").replace(/^-|-$/g, "");

export class Downloads {
  constructor(card, figure) {
    Object.assign(this, { card, figure, menu: document.createElement("details") });
    this.menu.className = "tf-save";
    this.menu.innerHTML = `<summary></summary><div>
      <button type="button" data-format="png">PNG</button><button type="button" data-format="svg">SVG</button></div>`;
    Object.assign(this.menu.querySelector("summary"), { title: tr("Save this chart as an image"), textContent: tr("Save") });
    this.menu.hidden = true;
    this.menu.onclick = ({ target: { dataset } }) => dataset.format && this.#save(dataset.format);
    this.menu.onkeydown = ({ key }) => { if (key === "Escape") this.menu.open = false; };
    card.prepend(this.menu);
  }

  show(offered) {
    this.menu.hidden = !offered;
  }

  #save(format) {
    const { plot, epoch, labels } = this.figure;
    this.menu.open = false;
    this.figure.draw(epoch ?? -1); // while it plays Plotly may be behind
    const { clientWidth: width, clientHeight: height } = plot;
    const background = getComputedStyle(this.card).getPropertyValue("--st-background-color");
    const title = plot._fullLayout.yaxis?.title?.text ?? "chart";
    const options = { format, width, height, filename: nameOf(title), scale: format === "png" ? SCALE : 1 };
    return Plotly.downloadImage(saved(plot, labels.told(plot), background), options);
  }
}
