/**
 * The state as text that depends on nothing but what was taken in: two states that took the same lines, in whatever order and
 * with whatever interruptions, give the same text. Hence no state indexes (films are named, and sorted, by id), no times of
 * our own clock, no duplicates (a redelivery counts as one or not, as it happens) and no queue of look-ups.
 */

import { BEGAN_NEVER } from './history-codec.js';
import type { HistoryEntry } from './history-view.js';
import type { HeldLine } from './held.js';
import { REQUESTS_KEPT_MS } from './requests.js';
import type { State } from './state.js';

/** These depend on how the lines were delivered: what was told twice, and how often lines were put aside. */
const dependsOnDelivery = (tally: string): boolean => tally === 'duplicates' || tally.startsWith('holds ');

/**
 * JSON lines without their line ends. Take them without returning to the event loop: then they all stem from one moment, also
 * while another process writes.
 */
export function* canonicalLines(state: State): Generator<string> {
  const ids = [...state.films.all()].map(([, { id }]) => id);
  const ratingHigh = state.meta.ratingHigh();
  if (ratingHigh !== undefined) yield JSON.stringify({ ratingHigh });
  yield* filmLines(state, ids);
  for (const [user, { age, gender, occupation, likes, dislikes, createdMs }] of state.users.all()) {
    yield JSON.stringify({ user, age, gender, occupation, likes, dislikes, createdMs });
  }
  for (const user of state.histories.users()) yield* historyLine(state, ids, user);
  for (const line of state.held.all()) yield heldLine(line, ids);
  for (const [partition, { next }] of state.partitions.all()) yield JSON.stringify({ partition, next });
  // Older ones are on their way out.
  const requestsFromMs = Math.max(0, state.partitions.newestMs() - REQUESTS_KEPT_MS);
  for (const request of state.requests.between(requestsFromMs, Infinity)) yield JSON.stringify({ request });
  for (const [lines, count] of state.lines.all()) {
    if (!dependsOnDelivery(lines) && count !== 0) yield JSON.stringify({ lines, count });
  }
}

function* filmLines({ films }: State, ids: readonly string[]): Generator<string> {
  for (const id of [...ids].sort()) {
    const { title, year, genres, runtime, language, overview, cost, maturity, listing } = films.get(films.indexOf(id))!;
    yield JSON.stringify({ film: id, title, year, genres, runtime, language, overview, cost, maturity, listing });
  }
}

function* historyLine({ histories }: State, ids: readonly string[], user: number): Generator<string> {
  const entries = histories.read(user)!.entries().filter(saysSomething);
  if (entries.length === 0) return;
  const byId = entries
    .map((entry) => ({ ...entry, film: ids[entry.film]! }))
    .sort((a, b) => (a.film < b.film ? -1 : 1));
  yield JSON.stringify({
    history: user,
    films: byId.map(({ film, rating, rated, minutes, first, last, began }) => [
      ...[film, rating, rated, minutes, first, last, began],
    ]),
  });
}

/** An entry of which all was taken back says as little as none. */
const saysSomething = ({ rating, began, last }: HistoryEntry): boolean =>
  !Number.isNaN(rating) || began !== BEGAN_NEVER || last !== 0;

function heldLine(
  { partition, offset, reason, waitsFor, provisional, bytes }: HeldLine,
  ids: readonly string[],
): string {
  const named = waitsFor.replace(
    /^(viewing \d+) (\d+)$/,
    (_, viewing: string, film: string) => `${viewing} ${ids[+film]}`,
  );
  return JSON.stringify({
    partition,
    offset,
    reason,
    waitsFor: named,
    provisional,
    held: Buffer.from(bytes).toString('latin1'),
  });
}
