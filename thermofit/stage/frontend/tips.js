// What a term means, while it is pointed at, tapped or has the focus. One box for all terms of a stage.

let count = 0;

/** Where the box begins, so that it stays within the stage. */
export const leftOf = (term, stage, width) => Math.max(0, Math.min(term.left - stage.left, stage.width - width));

export class Tips {
  constructor(stage) {
    Object.assign(this, { stage, tip: document.createElement("div"), term: null });
    Object.assign(this.tip, { className: "tf-tip", id: `tf-tip-${++count}`, role: "tooltip", hidden: true });
    stage.append(this.tip);
    const termOf = ({ target }) => target.closest?.(".tf-term");
    for (const event of ["pointerover", "focusin", "click"]) {
      stage.addEventListener(event, (happened) => { if (termOf(happened)) this.show(termOf(happened)); });
    }
    for (const event of ["pointerout", "focusout"]) {
      stage.addEventListener(event, (happened) => {
        const left = termOf(happened) && !this.tip.contains(happened.relatedTarget);
        if (left && document.activeElement !== this.term) this.hide();
      });
    }
    this.tip.addEventListener("pointerleave", () => this.hide());
    stage.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.hide(); });
  }

  show(term) {
    if (this.term === term) return;
    this.hide();
    this.term = term;
    Object.assign(this.tip, { textContent: term.dataset.help, hidden: false });
    term.setAttribute("aria-describedby", this.tip.id);
    const [at, stage] = [term.getBoundingClientRect(), this.stage.getBoundingClientRect()];
    this.tip.style.left = `${leftOf(at, stage, this.tip.offsetWidth)}px`;
    this.tip.style.top = `${at.bottom - stage.top + 2}px`;
  }

  hide() {
    this.term?.removeAttribute("aria-describedby");
    this.term = null;
    this.tip.hidden = true;
  }
}
