/** The interactions of a snapshot, as training and evaluation take them. */

import { join } from 'node:path';
import type { Interactions } from '../interactions.js';
import { interactionWeight } from '../weight.js';
import { filmTable } from './film-table.js';
import { interactionTable } from './interaction-table.js';
import type { SnapshotManifest } from './manifest.js';
import { readBatches } from './read-table.js';
import { fileOf } from './tables.js';

/**
 * The same arrays as `readInteractions` of the state that was written. The snapshot is proven already: what cannot be read of it is
 * thrown.
 */
export async function snapshotInteractions(
  folder: string,
  { counts }: Pick<SnapshotManifest, 'counts'>,
): Promise<Interactions> {
  const n = counts.interactions;
  const users = new Float64Array(counts.users);
  const [userOf, filmOf] = [new Int32Array(n), new Int32Array(n)];
  const [weight, time] = [new Float32Array(n), new Float64Array(n)];
  const catalogue = await filmIds(folder);
  const placeOf = new Map(catalogue.map((id, place) => [id, place]));

  const { user_id, movie_id, minutes, rating, last_ts } = interactionTable.columns;
  const columns = { user_id, movie_id, minutes, rating, last_ts };
  let [at, user] = [0, -1];
  for await (const batch of readBatches(join(folder, fileOf(interactionTable)), columns)) {
    for (let i = 0; i < batch.user_id.length; i++, at++) {
      const id = Number(batch.user_id[i]);
      if (user < 0 || users[user] !== id) users[++user] = id;
      userOf[at] = user;
      filmOf[at] = placeOf.get(batch.movie_id[i]!)!;
      weight[at] = interactionWeight(hundredths(batch.rating[i]), batch.minutes[i] ?? NaN);
      time[at] = batch.last_ts[i] ?? 0;
    }
  }
  return { users, films: keepMet(catalogue, filmOf), userOf, filmOf, weight, time };
}

async function filmIds(folder: string): Promise<string[]> {
  const ids: string[] = [];
  const { movie_id } = filmTable.columns;
  for await (const batch of readBatches(join(folder, fileOf(filmTable)), { movie_id })) {
    ids.push(...Array.from(batch.movie_id));
  }
  return ids;
}

/** Leaves the films out that nobody met, and numbers `filmOf` anew. */
function keepMet(catalogue: readonly string[], filmOf: Int32Array): string[] {
  const denseOf = new Int32Array(catalogue.length).fill(-1);
  for (const place of filmOf) denseOf[place] = 0;
  let count = 0;
  for (let place = 0; place < denseOf.length; place++) if (denseOf[place] === 0) denseOf[place] = count++;
  for (let i = 0; i < filmOf.length; i++) filmOf[i] = denseOf[filmOf[i]!]!;
  return catalogue.filter((_, place) => denseOf[place]! >= 0);
}

/** As the state holds a rating: the file's 32 bits are a little beside. */
const hundredths = (rating: number | null | undefined): number =>
  rating === null || rating === undefined ? NaN : Math.round(rating * 100) / 100;
