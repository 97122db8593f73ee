// The transport bar keeps to one line in every language: where its words have no room, the lesser buttons show their icons
// alone. Screen readers, and who points at them, are told the words all the same.

const LINE = 20; // px: the middles of what stands on one line are less apart

/** Whether these elements take more than one line. */
export function wraps(elements) {
  const middles = elements.filter((each) => each.offsetParent).map((each) => each.offsetTop + each.offsetHeight / 2);
  return Math.max(...middles) - Math.min(...middles) > LINE;
}

/** Leave out what has no room. */
export function fit(bar) {
  bar.classList.remove("tf-tight");
  bar.classList.toggle("tf-tight", wraps([...bar.children]));
}

/** Do so whenever the bar's size changes. */
export function keepToOneLine(bar, Observer = globalThis.ResizeObserver) {
  if (Observer) new Observer(() => fit(bar)).observe(bar);
}
