// A moment of a run: the epoch at which a stage stands, in a link, and when the page is loaded again.

import { PLAIN } from "./clock.js";
import { tr } from "./words.js";

const PLACE = "thermofit moments"; // in the tab's own storage, from the page that is left to the one that is loaded

/** A link to what the stage shows, from the address of the page, and what to say of it. */
export function linkTo(stage, address) {
  const [link, says] = complete(stage, address);
  const { searchParams: query } = new URL(address);
  if (query.get("data") === "own" && !query.has("readings")) {
    return [link, tr("Link copied, but it can't hold these readings: they are too many, or have too many digits. Hand them out as a CSV file, too.")];
  }
  const leavesOut = stage.scene.board?.rows.some(({ linked }) => linked === false);
  return [link, leavesOut ? tr("Link copied, but pinned runs on other readings of your own are not in it.") : says];
}

function complete(stage, address) {
  const url = new URL(address);
  url.searchParams.set("speed", stage.speed);
  url.searchParams.delete("epoch");
  const { epoch, changed, clock = PLAIN } = stage;
  if (changed.length) return [url.href, tr("Link copied: it opens these settings, from epoch 0 on.")];
  if (stage.playing || stage.held || epoch <= 0) return [url.href, tr("Link copied: it opens exactly this set-up.")];
  url.searchParams.set("epoch", epoch);
  return [url.href, tr("Link copied: it opens exactly this set-up at {moment}.", { moment: clock.told(epoch) })];
}

/** Where each of these stages stands, by key. What was changed on the way is gone after loading: then there is nothing to keep. */
export function moments(stages) {
  const kept = [...stages].filter(([, { scene, changed }]) => scene && !scene.bare && !changed.length);
  return Object.fromEntries(kept.map(([key, { setup, epoch, playback: { opening, wanted } }]) =>
    [key, { setup, epoch: opening ? wanted : epoch }]));
}

/** Reading the tab's storage may be forbidden; then nothing is kept. */
function storage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

const isLoadedAgain = () => performance.getEntriesByType?.("navigation")[0]?.type !== "navigate";

/** What the page before has kept, if this is the same page again, and not one that a link opened. */
export function taken(store = storage(), again = isLoadedAgain()) {
  const text = store?.getItem(PLACE);
  store?.removeItem(PLACE);
  return again && text ? JSON.parse(text) : {};
}

/** Keep where these stages stand, when the page is left; returns the epoch at which a stage with this set-up stood. */
export function keep(stages, store = storage(), before = taken(store)) {
  globalThis.addEventListener?.("pagehide", () => store?.setItem(PLACE, JSON.stringify(moments(stages))));
  return (key, setup) => {
    const moment = before[key];
    delete before[key];
    return moment?.setup === setup ? moment.epoch : undefined;
  };
}
