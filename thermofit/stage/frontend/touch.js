// Charts under a finger: a swipe up or down scrolls the page, two fingers zoom it, a tap is a click. Sideways a finger turns
// a plot in three dimensions. Plotly would take every touch for its own zoom, and count a tap twice: see touch.css, too.

const TOUCHES = ["touchstart", "touchmove", "touchend", "touchcancel"];
const PER_PIXEL = Math.PI / 300; // radians: across a phone's chart a plot turns by half

/** Keep touches from Plotly: for a tap, and for nothing else, the browser then sends the events of a mouse. */
export function tapsOnly(box) {
  for (const event of TOUCHES) box.addEventListener(event, (touch) => touch.stopPropagation(), { capture: true, passive: true });
}

/** Where `eye` is after the scene was turned by `pixels` about its upright axis; the scene follows the finger. */
export function turned({ x, y, z }, pixels) {
  const [sin, cos] = [Math.sin(-pixels * PER_PIXEL), Math.cos(-pixels * PER_PIXEL)];
  return { x: x * cos - y * sin, y: x * sin + y * cos, z };
}

/** Have a finger turn what `figure` shows in three dimensions. */
export function turnable(figure) {
  const { box } = figure;
  let [from, drawing] = [null, false];
  box.addEventListener("pointerdown", ({ pointerType, clientX: x }) => {
    from = pointerType === "touch" && figure.deep ? { x, eye: figure.space.camera(figure.plot).eye } : null;
  });
  for (const event of ["pointerup", "pointercancel"]) box.addEventListener(event, () => { from = null; });
  box.addEventListener("pointermove", ({ clientX }) => {
    if (!from || drawing) return;
    const eye = turned(from.eye, clientX - from.x);
    drawing = true; // one picture at a time
    requestAnimationFrame(() => Plotly.relayout(figure.plot, { "scene.camera.eye": eye }).finally(() => { drawing = false; }));
  });
}
