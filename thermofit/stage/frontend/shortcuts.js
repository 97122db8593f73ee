// What the keys do, as a list that the question mark opens.

const KEYS = [
  ["Space", "Play or pause"],
  ["→", "One epoch on"],
  ["←", "One epoch back"],
  ["Home", "Back to the start"],
  ["Tab", "On to the next control. Within the playback buttons the arrow keys move from one to the next."],
  ["Esc", "Close this list, put back a line or a point that is being moved"],
  ["?", "Show this list"],
];

const INTRODUCTION = "These keys work while nothing else has the focus, and after a click on one of the playback buttons. "
  + "A field, a slider or a link that has the focus keeps its own keys.";

const row = ([key, does]) => `<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`;

export class Shortcuts {
  constructor(box, button) {
    this.dialog = document.createElement("dialog");
    Object.assign(this.dialog, { className: "tf-keys", innerHTML: `<h2>Keyboard shortcuts</h2><p>${INTRODUCTION}</p>
      <dl>${KEYS.map(row).join("")}</dl><form method="dialog"><button>Close</button></form>` });
    this.dialog.setAttribute("aria-label", "Keyboard shortcuts");
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close()); // beside it
    box.append(this.dialog);
    button.addEventListener("click", () => this.open());
  }

  /** Open it; when it closes, the browser gives the focus back to where it was. */
  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }
}
