// On paper: pictures, numbers and a link on one page. The pictures keep the size that they have on the screen, and all is scaled.

import { linkTo } from "./moment.js";

const PAPER = 690; // CSS pixels between the margins of an upright A4 page, and of a letter

/** Have the stage ready whenever the page is about to be printed. */
export function readyToPrint(stage, view = globalThis.window) {
  view?.addEventListener("beforeprint", () => {
    const { box } = stage;
    if (!box.isConnected || !stage.scene) return;
    const width = box.getBoundingClientRect().width;
    box.style.setProperty("--screen", `${width}px`);
    box.style.setProperty("--paper", Math.min(1, PAPER / width));
    box.querySelector(".tf-printed").textContent = linkTo(stage, view.location.href)[0];
  });
}
