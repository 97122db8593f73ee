// For every picture Plotly searches each trace for the attributes that hold arrays, which takes longer than all the rest
// (benchmarks/stream.py). While only numbers move they stay the same: they are searched for once.

const found = new Map(); // the names of a trace's array attributes, by its id and whether it is visible
const remembering = new WeakSet();

/** Have Plotly's schema remember what it found in a trace, until `forget`. */
export function remember(schema) {
  if (remembering.has(schema)) return;
  remembering.add(schema);
  const search = schema.findArrayAttributes;
  schema.findArrayAttributes = (trace) => {
    const key = `${trace.uid} ${trace.visible}`; // what is not visible has no arrays yet
    if (!found.has(key)) found.set(key, search(trace));
    return found.get(key);
  };
}

/** Search anew: a figure gets other traces. */
export function forget() {
  found.clear();
}
