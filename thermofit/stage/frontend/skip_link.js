// The first stop of the Tab key leads past navigation and settings to what the page is about.

import { tr } from "./words.js";

const ID = "thermofit-experiment";

/** The stage that plays, or, on a page without one, the first picture; null before it is there. */
export function experiment(root) {
  return root.querySelector(".tf-stage:not(.tf-bare)") ?? root.querySelector(".tf-stage");
}

export class SkipLink {
  constructor(page = document) {
    this.page = page;
    this.link = Object.assign(page.createElement("a"), { className: "tf-skip", href: `#${ID}` });
    this.link.addEventListener("click", (event) => {
      event.preventDefault(); // the address is that of the set-up
      this.follow();
    });
  }

  /** Stand at the head of the page, and name the place to go to; without one there is no link. */
  show() {
    const place = experiment(this.page);
    if (!place) return this.link.remove();
    const text = tr("To the experiment"); // another language may be in use by now
    if (this.link.textContent !== text) this.link.textContent = text;
    if (place.id !== ID) {
      this.page.getElementById(ID)?.removeAttribute("id");
      Object.assign(place, { id: ID, tabIndex: -1 });
    }
    if (!this.link.isConnected) this.page.body.prepend(this.link);
    return undefined;
  }

  follow() {
    const place = experiment(this.page);
    const play = place?.querySelector(".tf-play");
    (play?.offsetParent ? play : place)?.focus();
  }
}
