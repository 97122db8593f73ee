// How the rows of a board stand at the playhead: the places of a race, what each cell says, and in which order they come.
// At the end of a race the places are those of experiments/standing.py. An `epoch` here is a row, which counts updates; what is
// read is the epoch that it belongs to.

import { written } from "./numbers.js";
import { local, spoken, tr } from "./words.js";

const ROWS = ["reached_epoch"]; // results that are the number of a row
const LAST = 2; // after those who have arrived (0) and those who are still running (1): who has exploded

/** Where a runner stands at `epoch`: [0, its result `by`], [1, its loss] or [2, how early it exploded]. */
function standing(track, by, { tracks, results, epoch }) {
  const { reached_epoch: reached, out_at: out, [by]: counted } = results?.[track] ?? {};
  const rows = tracks.get(track);
  const at = momentOf(tracks, rows, epoch);
  const epochs = (number) => rows?.clock?.epoch(number) ?? number;
  if (out != null && at >= out - 1) return [LAST, -epochs(out)]; // its newest row is the one before
  if (reached != null && reached <= at) return [0, by === "reached_epoch" ? epochs(reached) : counted];
  const row = rows?.at(at) ?? -1;
  const loss = row < 0 ? NaN : rows.value("train_loss", row);
  return [1, Number.isNaN(loss) ? Infinity : loss];
}

/** The row of a track when the run stands at `row`. */
const momentOf = (tracks, rows, row) => (rows && tracks.moment ? tracks.moment(rows, row) : row);

const compare = ([a, x], [b, y]) => a - b || (x === y ? 0 : x - y);

/** The runners in order: [{track, rank, state}], `state` 0: arrived, 1: running, 2: exploded; equal arrivals share a rank.
 * Who has arrived is ranked `by` a result: the epoch, or the evaluations until then. */
export function places(names, moment, by = "reached_epoch") {
  const all = names.map((track) => ({ track, at: standing(track, by, moment) })).sort((a, b) => compare(a.at, b.at));
  return all.map(({ track, at }) => ({ track, state: at[0], rank: 1 + all.filter((other) => compare(other.at, at) < 0).length }));
}

/** What a cell says at this moment, and the value by which it is sorted; `null` comes last either way. */
export function cell(value, track, moment) {
  if (value === null || value === undefined) return { text: "–", value: null };
  if (typeof value === "number") return { text: local(String(Number(value.toPrecision(5)))), value }; // a setting
  if (typeof value === "string") return { text: value, value };
  if (value.rank) return rank(moment.places.find((place) => place.track === track), moment.results?.[track], moment.tracks?.get(track));
  if (value.result) return result(moment.results?.[track]?.[value.result], value, moment);
  const rows = moment.tracks.get(track);
  return live(rows, value, momentOf(moment.tracks, rows, moment.epoch));
}

function rank(place, results, rows) {
  if (!place) return { text: "–", value: null };
  const out = place.state === LAST;
  // Translators: of a run in a race that has exploded
  const text = out ? tr("out at {epoch}", { epoch: epochOf(rows, results?.out_at) }) : ["", "–"][place.state] || String(place.rank);
  return { text, value: place.rank, out };
}

/**
 * A result is a secret until the playhead has come to it: to the epoch that it is, or that `at` names; not if it is
 * `known`. The track that it is to be compared with (`than`) adds the difference to that one's result.
 */
function result(recorded, { result: name, digits = 5, at, known: told, than }, { epoch, results, track, tracks }) {
  const since = told ? 0 : at ? results?.[track]?.[at] : recorded;
  if (typeof recorded !== "number" || (since ?? Infinity) > momentOf(tracks, tracks?.get(track), epoch)) return { text: "–", value: null };
  const clock = ROWS.includes(name) && tracks?.get(track)?.clock;
  const value = clock ? clock.epoch(recorded) : recorded;
  const say = (number) => (Number.isInteger(recorded) && Number.isInteger(number) ? String(number) : written(number, digits));
  const text = clock ? epochOf({ clock }, recorded) : say(value);
  const other = results?.[than]?.[name];
  if (typeof other !== "number") return { text, value };
  return { text: `${text}\n${difference(value - (clock ? tracks.get(than)?.clock.epoch(other) ?? other : other), say)}`, value };
}

/** The epoch of a row, as it is written in a cell. */
function epochOf(rows, row) {
  return rows?.clock && !rows.clock.countsUpdates ? rows.clock.written(row) : String(row);
}

function difference(value, say) {
  // Translators: no difference to the result above it
  if (value === 0) return tr("same");
  return `${value < 0 ? "−" : "+"}${say(Math.abs(value))}`;
}

function live(rows, { column, digits = 5 }, epoch) {
  const row = rows?.at(epoch) ?? -1;
  if (row < 0) return { text: "–", value: null };
  const value = rows.value(column, row);
  return { text: column === "epoch" ? epochOf(rows, rows.epoch[row]) : written(value, digits), value: Number.isFinite(value) ? value : null };
}

/** The rows in the order of their `values` (one each); those without one come last. Equal ones keep their order. */
export function sorted(rows, values, descending = false) {
  const sign = descending ? -1 : 1;
  const order = (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), spoken(), { numeric: true });
  };
  return rows.map((row, i) => [row, values[i]]).sort(([, a], [, b]) => order(a, b)).map(([row]) => row);
}
