// A presenter's clicker sends Page Down and Page Up: the next chapter of the lesson, elsewhere the next epoch; and back.

const TURNS = { PageDown: "next", PageUp: "previous" };
const FIELDS = "input:not([type=radio], [type=checkbox]), textarea, select, [role=slider], [contenteditable=true]"; // they page by themselves

/** Do what this key turns to; whether it was one that does. */
export function turnPage(event, { step, back }, page = document) {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (!(key in TURNS) || ctrlKey || metaKey || altKey || shiftKey || target.closest?.(FIELDS)) return false;
  const chapter = page.querySelector(`.st-key-${TURNS[key]}-chapter button`);
  if (!chapter) return (key === "PageDown" ? step : back)() !== false;
  chapter.click();
  return true;
}
