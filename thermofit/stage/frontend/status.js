// What the line beneath the readouts says.

/** One sentence for how the stage stands. */
export function statusText({ typing, ended, end, playing, playback, note, epoch, changed }) {
  if (typing) return "Press Enter or Play to use what you typed.";
  if (ended) return end.text;
  if (playback?.opening) return `Training up to epoch ${playback.wanted} …`;
  if (playing) return note || whilePlaying(epoch, changed);
  return note || (epoch ? `Paused at epoch ${epoch}.` : "Ready. Press Play to start training.");
}

/** What is seen while it plays; a film that is shown again has its change still to come. */
function whilePlaying(epoch, changed) {
  const change = changed.find((at) => at > epoch);
  return change ? `Played again: settings change at epoch ${change}. Reset starts with the present ones.`
    : "Training. Pause at any epoch to look closer.";
}
