// What the line beneath the readouts says, and the buttons that it goes with.

import { count } from "./numbers.js";
import { showPlay } from "./transport_bar.js";

/** One sentence for how the stage stands. */
export function statusText({ brief, byHand, typing, ended, end, playing, playback, note, epoch, changed }) {
  if (byHand) return byHand;
  if (brief?.text) return brief.text;
  if (typing) return "Press Enter or Play to use what you typed.";
  if (ended) return end.text;
  if (playback?.opening) return `Training up to epoch ${count(playback.wanted)} …`;
  if (playing) return note || whilePlaying(epoch, changed);
  return note || (epoch ? `Paused at epoch ${count(epoch)}.` : "Ready. Press Play to start training.");
}

/** What is seen while it plays; a film that is shown again has its change still to come. */
function whilePlaying(epoch, changed) {
  const change = changed.find((at) => at > epoch);
  return change ? `Played again: settings change at epoch ${count(change)}. Reset starts with the present ones.`
    : "Training. Pause at any epoch to look closer.";
}

/** Whether the run has ended for who looks at `epoch`: what ends at its start, only once that was tried. */
export function hasEnded({ end, run, tried }, epoch) {
  return Boolean(end) && epoch >= end.epoch && (end.epoch > 0 || tried === run);
}

/** Say how the stage stands at `epoch`. */
export function showStatus(stage, epoch) {
  const { part, end, watch, actions, held, hand, brief } = stage;
  const byHand = hand.says;
  const ended = hasEnded(stage, epoch) && !byHand;
  const box = part("status");
  box.dataset.kind = ended && !watch.typing && !brief.text ? end.kind : "";
  const text = statusText({ ...stage, epoch, ended, playing: stage.playing, typing: watch.typing, byHand });
  if (box.textContent !== text) box.textContent = text;
  showPlay(part("play"), actions.plays ? "Pause" : "Play");
  part("back").disabled = epoch <= 0 && !held;
  part("step").disabled = Boolean(ended) && !held;
}
