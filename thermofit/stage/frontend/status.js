// What the line beneath the readouts says, and the buttons that it goes with.

import { isCalm } from "./calm.js";
import { PLAIN } from "./clock.js";
import { guideState, showGuide, showRemedy } from "./guide.js";
import { dim } from "./toolbar.js";
import { showPlay } from "./transport_bar.js";
import { tr } from "./words.js";

/** One sentence for how the stage stands. */
export function statusText({ brief, byHand, typing, ended, end, playing, playback, note, epoch, changed, calm, clock = PLAIN }) {
  if (byHand) return byHand;
  if (brief?.text) return brief.text;
  if (typing) return tr("Press Enter or Play to use what you typed.");
  if (ended) return end.text;
  if (playback?.opening) return tr("Training up to {moment} …", { moment: clock.told(playback.wanted) });
  if (playing) return note || whilePlaying(epoch, changed, calm, clock);
  if (note || epoch) return note || tr("Paused at {moment}.", { moment: clock.told(epoch) });
  return calm ? tr("Ready. Your system asks for less motion: press Play to see one picture per second instead of a film.")
    : tr("Ready. Press Play to start training.");
}

/** What is seen while it plays; a film that is shown again has its change still to come. */
function whilePlaying(epoch, changed, calm, clock) {
  const change = changed.find((at) => at > epoch);
  if (change) return tr("Played again: settings change at {moment}. Reset starts with the present ones.", { moment: clock.told(change) });
  return calm ? tr("Training, one picture per second. Pause at any epoch to look closer.")
    : tr("Training. Pause at any epoch to look closer.");
}

/** Whether the run has ended for who looks at `epoch`: what ends at its start, only once that was tried. */
export function hasEnded({ end, run, tried }, epoch) {
  return Boolean(end) && epoch >= end.epoch && (end.epoch > 0 || tried === run);
}

/** Have Step and Back do something, until it is known which run comes next. */
export const allowSteps = (part) => ["step", "back"].forEach((name) => dim(part(name), false));

/** Say how the stage stands at `epoch`. */
export function showStatus(stage, epoch) {
  const { part, end, watch, actions, held, hand, brief } = stage;
  const byHand = hand.says;
  const ended = hasEnded(stage, epoch) && !byHand;
  const box = part("status");
  box.dataset.kind = ended && !watch.typing && !brief.text ? end.kind : "";
  const { clock, playing } = stage;
  const text = statusText({ ...stage, epoch, ended, playing, typing: watch.typing, byHand, calm: isCalm(), clock });
  if (box.textContent !== text) box.textContent = text;
  showGuide(part("guide"), stage.scene.guide, guideState({ ended, end, playing: stage.playing, epoch }));
  showRemedy(part("remedy"), ended && end.remedy, () => stage.wishes.add({ act: { do: "remedy", track: "run" } }));
  showPlay(part("play"), actions.plays ? "Pause" : "Play");
  dim(part("back"), epoch <= 0 && !held);
  dim(part("step"), Boolean(ended) && !held);
}
