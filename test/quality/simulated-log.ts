/** A simulated site whose log goes into a state day by day, with or without a change in what it does. */

import { LogWriter } from '../../src/ingest/log/log-writer.js';
import type { LineChunk } from '../../src/ingest/source.js';
import type { LineBatch } from '../../src/sim/log/log-lines.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';
import type { State } from '../../src/store/state.js';

const START = Date.UTC(2026, 2, 1);
const NOW = Date.UTC(2026, 3, 1);
const DAY_MS = 86_400_000;
const LF = 10;
const USERS = 6000;
/** A small site: some 2,000 viewings a day. */
const LINES_PER_SECOND = 1.5;

/** What a day is like. */
export interface Day {
  readonly world: SimWorld;
  readonly ratingScale: number;
}

const usualWorld = createSimWorld({ seed: 3, films: 300, users: USERS });
export const usualDay: Day = { world: usualWorld, ratingScale: 5 };

/** Only films of the genre (20 or more: an answer has as many) are watched, only by the oldest sixth of the users, and rated on another scale. */
export function changedDay(genre: string): Day {
  const films = [...usualWorld.ids.keys()].filter((film) => usualWorld.film(film).genres.includes(genre));
  const pickFilm = (uniform: number): number => films[Math.floor(uniform * films.length)]!;
  return { world: { ...usualWorld, pickFilm, users: USERS / 6, registered: USERS / 6 }, ratingScale: 10 };
}

/** Films and users as the look-up APIs tell them; the lower a user's id, the older. */
export function fillCatalogue(state: State): void {
  const byAge = Array.from({ length: USERS }, (_, i) => usualWorld.user(i + 1)!).sort((a, b) => b.age - a.age);
  state.transaction(() => {
    for (const film of usualWorld.ids.keys()) {
      state.films.put({ ...usualWorld.film(film), listing: 'listed', lookedUpMs: START });
    }
    for (const [i, { age, gender, occupation, likes, dislikes }] of byAge.entries()) {
      state.users.put(i + 1, { age, gender, occupation, likes, dislikes, lookedUpMs: START });
    }
  });
}

/** The log of one day after the other. */
export function tellDays(state: State, days: readonly Day[], firstDay: number): void {
  const quarantine = { add: () => undefined };
  const writer = new LogWriter({
    ...{ state, quarantine, topic: 'movielog', zoneMs: 0, scale: undefined, asksUsers: false },
  });
  const offsets = [0, 1].map((partition) => state.partitions.get(partition)?.next ?? 0);
  for (const [i, { world, ratingScale }] of days.entries()) {
    const startMs = START + (firstDay + i) * DAY_MS;
    const lines = createLineWriter(world, {
      seed: firstDay + i,
      startMs,
      linesPerSecond: LINES_PER_SECOND,
      ratingScale,
    });
    for (const batch of lines.next((LINES_PER_SECOND * DAY_MS) / 1000)) {
      const chunk = chunkOf(batch, offsets[batch.partition]!);
      offsets[batch.partition] = chunk.next;
      writer.take(chunk, 0, NOW);
      do writer.commit(NOW, () => undefined);
      while (writer.hasReady);
    }
  }
}

function chunkOf({ partition, count, bytes: lent }: LineBatch, first: number): LineChunk {
  const bytes = lent.slice();
  const [starts, ends, offsets] = [new Uint32Array(count), new Uint32Array(count), new Float64Array(count)];
  for (let line = 0, at = 0; line < count; line++) {
    starts[line] = at;
    ends[line] = bytes.indexOf(LF, at);
    offsets[line] = first + line;
    at = ends[line]! + 1;
  }
  return { partition, count, bytes, starts, ends, offsets, next: first + count };
}
