// What is wider than its place scrolls sideways; by keyboard it does so only if it can have the focus.

const WIDE = ".stMarkdown table, .stMarkdown .katex-display, .stCode pre"; // the page's own; see step_tables.STYLE
const EVERY = 500; // ms between two looks: tables come and go with the page

/** Give the focus to those that scroll, and to no other. */
export function reach(root) {
  for (const box of root.querySelectorAll(WIDE)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls === box.hasAttribute("data-scrolls")) continue;
    box.toggleAttribute("data-scrolls", scrolls);
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

/** Look again and again. */
export function keepReaching(root = document, every = setInterval) {
  return every.call(globalThis, () => reach(root), EVERY);
}
