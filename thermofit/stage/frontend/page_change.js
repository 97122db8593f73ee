// Whether the page is about to change: a link was clicked, or somebody went back or forward. A question that the stage
// asks in that moment would take the place of the new page, as Streamlit puts requests of one moment together.

const LONGEST = 2000; // ms; after that the page has stayed after all

export class PageChange {
  constructor(clock = () => performance.now()) {
    Object.assign(this, { clock, since: -Infinity });
    this.onClick = ({ target }) => target.closest?.("a[href]") && this.begin();
    this.onHistory = () => this.begin();
  }

  attach() {
    document.addEventListener("click", this.onClick, true);
    window.addEventListener("popstate", this.onHistory);
  }

  detach() {
    document.removeEventListener("click", this.onClick, true);
    window.removeEventListener("popstate", this.onHistory);
  }

  begin() {
    this.since = this.clock();
  }

  /** The server has answered: the page is drawn. */
  end() {
    this.since = -Infinity;
  }

  get isUnderWay() {
    return this.clock() - this.since < LONGEST;
  }
}
