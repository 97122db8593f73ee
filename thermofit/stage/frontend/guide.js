// The sentence above the charts that says what is seen, for somebody who knows nothing yet; it changes with the state.

/** Which of the guide's sentences holds. */
export function guideState({ ended, end, playing, epoch }) {
  if (ended) return end.kind === "good" ? "finished" : end.exploded ? "exploded" : "";
  if (playing) return "playing";
  return epoch ? "paused" : "ready";
}

/** The parts of a sentence as [tag, text, explanation], a term with what it means. */
export const pieces = (parts) => parts.map((part) => (typeof part === "string" ? ["span", part, ""] : ["button", part.term, part.help]));

/** A word that is explained when it is pointed at, tapped or focused (see tips.js). */
export function term(text, help) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "tf-term", textContent: text });
  button.dataset.help = help;
  return button;
}

/** Write the sentence of this state; nothing where the guide has none. */
export function showGuide(box, guide, state) {
  const parts = guide?.[state] ?? [];
  const key = JSON.stringify(parts);
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...pieces(parts).map(([tag, text, help]) => (tag === "button" ? term(text, help) : text)));
}

/** Offer what helps after an explosion, beside the words that tell of it. */
export function showRemedy(button, label, onPress) {
  button.hidden = !label;
  if (button.textContent !== (label ?? "")) button.textContent = label ?? "";
  button.onclick = onPress;
}
