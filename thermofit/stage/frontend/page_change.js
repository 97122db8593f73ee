// Whether the page is about to change: a link to another page was clicked, or somebody went back or forward. A question
// that the stage asks in that moment would take the place of the new page, as Streamlit puts requests of one moment
// together.

import { LateHistory } from "./late_history.js";

const LONGEST = 2000; // ms; after that the page has stayed after all

/** Whether this click opens another page of the app in this tab: no anchor, no other site, no other tab. */
export function leavesPage({ target, button, ctrlKey, metaKey, shiftKey, altKey }, here) {
  const link = target.closest?.("a[href]");
  if (!link || button || ctrlKey || metaKey || shiftKey || altKey || (link.target && link.target !== "_self")) return false;
  return link.origin === here.origin && link.pathname !== here.pathname;
}

export class PageChange {
  constructor(clock = () => performance.now(), here = () => location) {
    Object.assign(this, { clock, since: -Infinity });
    this.onClick = (click) => leavesPage(click, here()) && this.begin();
    this.onHistory = () => this.begin();
  }

  attach() {
    LateHistory.of(window);
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
