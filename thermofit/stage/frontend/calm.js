// Whether the system asks for less motion. Then nothing plays by itself, and a run is shown in steps instead of as a film.

const QUERY = "(prefers-reduced-motion: reduce)";

export const STEP = 1000; // ms from one picture to the next

/** Whether less motion is asked for; asked anew each time, as it may change. */
export const isCalm = () => Boolean(globalThis.matchMedia?.(QUERY).matches);
