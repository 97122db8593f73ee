// What the keys do, as a list that the question mark opens.

import { tr } from "./words.js";

const keys = () => [
  // Translators: the names of keys, as they stand on a keyboard
  [tr("Space"), tr("Play or pause")],
  ["→", tr("One epoch on")],
  ["←", tr("One epoch back")],
  [tr("Home"), tr("Back to the start")],
  [tr("Tab"), tr("On to the next control. Within the playback buttons the arrow keys move from one to the next.")],
  [tr("Esc"), tr("Close this list, put back a line or a point that is being moved")],
  ["?", tr("Show this list")],
];

const INSIDE = '<h2></h2><p></p><dl></dl><form method="dialog"><button></button></form>';

function row([key, does]) {
  const element = document.createElement("div");
  element.innerHTML = "<dt><kbd></kbd></dt><dd></dd>";
  element.querySelector("kbd").textContent = key;
  element.querySelector("dd").textContent = does;
  return element;
}

export class Shortcuts {
  constructor(box, button) {
    this.dialog = Object.assign(document.createElement("dialog"), { className: "tf-keys", innerHTML: INSIDE });
    const [title, introduction, list, form] = this.dialog.children;
    title.textContent = tr("Keyboard shortcuts");
    introduction.textContent = tr(
      "These keys work while nothing else has the focus, and after a click on one of the playback buttons. A field, a slider or a link that has the focus keeps its own keys.",
    );
    list.append(...keys().map(row));
    form.firstElementChild.textContent = tr("Close");
    this.dialog.setAttribute("aria-label", title.textContent);
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close()); // beside it
    box.append(this.dialog);
    button.addEventListener("click", () => this.open());
  }

  /** Open it; when it closes, the browser gives the focus back to where it was. */
  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }
}
