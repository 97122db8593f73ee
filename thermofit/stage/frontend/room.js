// How much stands above the charts: they take the rest of the window, so that their lower axes are always seen.

const LEAST = 280; // px: where less is left, the charts are as high as usual
const AGAIN = 2; // px: what is less than this away from the height known is the same

/** The height of all that stands above the charts of this box, as it is while nothing is scrolled; null: not now. */
export function above(box, scroller) {
  if (!box.isConnected || scroller.scrollTop > 0) return null;
  return Math.round(box.getBoundingClientRect().top);
}

export class Room {
  /** `box` holds the charts; the stage around it is told the height, as the property --above of its style. */
  constructor(box, Observer = globalThis.ResizeObserver) {
    this.box = box;
    if (!Observer) return;
    this.observer = new Observer(() => this.measure());
    this.observer.observe(box);
  }

  measure() {
    const scroller = this.#scroller();
    const height = scroller && above(this.box, scroller);
    if (height === null || Math.abs(height - (this.height ?? 0)) < AGAIN) return;
    this.height = height;
    const few = height > innerHeight - LEAST && !this.box.closest(".streamlit-embedded"); // they begin further down anyhow
    this.box.parentElement.style.setProperty("--above", few ? "" : `${height}px`);
  }

  /** What scrolls the page. A banner changes the height of what is in it, which is watched, too. */
  #scroller() {
    if (!this.box.isConnected) return null;
    const content = this.box.closest('[data-testid="stMainBlockContainer"]');
    if (content && content !== this.content) {
      if (this.content) this.observer.unobserve(this.content);
      this.observer.observe((this.content = content));
    }
    return content?.parentElement ?? document.scrollingElement;
  }

  remove() {
    this.observer?.disconnect();
  }
}
