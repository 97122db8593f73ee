// Where the window is narrow Streamlit lays its sidebar over the pictures, and leaves it there. After a choice it closes, so that
// what was chosen is seen: by Streamlit's own button, so that Streamlit knows.

const NARROW = "(max-width: 768px)"; // as Streamlit has it
const SENT = 250; // ms until Streamlit has taken the choice
const SIDEBAR = '[data-testid="stSidebar"]';
const CHOICES = '[data-testid="stButtonGroup"] button, [data-testid="stCheckbox"]';

/** Whether this event is a choice that somebody has made in the sidebar, and not just a step on the way to one. */
export function isChoice({ type, key, target }, held) {
  const inside = Boolean(target.closest?.(SIDEBAR));
  if (type === "click") return (inside && Boolean(target.closest(CHOICES))) || Boolean(target.closest?.('[role="option"]'));
  if (type === "keydown") return inside && key === "Enter" && target.matches('input:not([role="combobox"])');
  return Boolean(held); // a slider is let go of
}

export function closeSidebarAfterChoices(page = document) {
  let slider = null;
  const close = () => page.querySelector(`${SIDEBAR}[data-collapsed="false"] [data-testid="stSidebarCollapseButton"] button`)?.click();
  const heard = (event) => {
    if (isChoice(event, slider) && matchMedia(NARROW).matches) setTimeout(close, SENT);
    if (event.type !== "click" && event.type !== "keydown") slider = null;
  };
  page.addEventListener("pointerdown", ({ target }) => { slider = target.closest?.(`${SIDEBAR} [data-testid="stSlider"]`) ?? null; }, true);
  for (const event of ["click", "keydown", "pointerup"]) page.addEventListener(event, heard, true);
}
