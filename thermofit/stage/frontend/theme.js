// Whether the page is light or dark, read off its colours. Forced colours have a ground of their own.

/** "dark" or "light", for an element of the page. */
export function themeOf(element) {
  const probe = document.createElement("span");
  const forced = matchMedia("(forced-colors: active)").matches;
  probe.style.forcedColorAdjust = "none"; // else it would have the colour of forced text, not of the ground
  probe.style.color = forced ? "Canvas" : getComputedStyle(element).getPropertyValue("--st-background-color");
  element.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
}
