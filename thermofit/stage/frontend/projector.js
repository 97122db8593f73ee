// For a projector: pictures and text large enough for the last row, on the whole screen. The address says so: `large=1`.

const KEY = "large";
const DESK = 1130; // pixels of a window in which the usual size is right
const [LEAST, MOST] = [1.2, 1.7]; // times that size, where the window is wider
const root = () => document.documentElement;

export const isLarge = () => root().classList.contains("tf-large");

const times = (value, factor) => (Array.isArray(value) ? value.map((each) => each * factor) : typeof value === "number" ? value * factor : value);

/** A figure, changed in place: every text, line and point larger, with room for them, as a window of this width bears it. */
export function enlarged({ data, layout }, width = globalThis.innerWidth ?? 1920) {
  const factor = Math.min(Math.max(width / DESK, LEAST), MOST);
  texts(layout, factor);
  for (const trace of data) {
    texts(trace, factor);
    for (const line of [trace.line, trace.marker?.line]) if (line?.width) line.width *= factor;
    if (trace.marker?.size) trace.marker.size = times(trace.marker.size, factor);
  }
  const margin = { ...layout.template?.layout?.margin, ...layout.margin };
  layout.margin = Object.fromEntries(Object.entries(margin).map(([side, room]) => [side, times(room, factor)]));
  return { data, layout };
}

/** Enlarge every font in `part`. */
function texts(part, factor) {
  for (const [name, value] of Object.entries(part ?? {})) {
    if (!value || typeof value !== "object") continue;
    if (/font$/.test(name) && typeof value.size === "number") value.size *= factor;
    else if (name !== "data" && !ArrayBuffer.isView(value)) texts(value, factor);
  }
}

/** The address of the page, with or without the key. */
export function withLarge(address, on) {
  const url = new URL(address);
  if (on) url.searchParams.set(KEY, "1");
  else url.searchParams.delete(KEY);
  return url.href;
}

/** Switch it, and have the address say it; Streamlit's own entries of the history stay as they are. */
export function setLarge(on) {
  root().classList.toggle("tf-large", on);
  agree();
}

function agree() {
  const on = isLarge();
  if (new URL(location.href).searchParams.has(KEY) === on) return;
  History.prototype.replaceState.call(history, history.state, "", withLarge(location.href, on));
}

let started = false;

/** As the link says; from then on the address says it whatever else Streamlit writes there, on further pages, too. */
export function startLarge() {
  if (started) return;
  started = true;
  for (const name of ["pushState", "replaceState"]) {
    const write = history[name].bind(history);
    history[name] = (...entry) => { write(...entry); agree(); };
  }
  if (new URL(location.href).searchParams.get(KEY) === "1") setLarge(true);
}

/** Fill the screen, or leave it; false where the browser refuses. */
export async function fillScreen() {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : root().requestFullscreen());
    return true;
  } catch {
    return false;
  }
}
