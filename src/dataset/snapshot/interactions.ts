/** The interactions of a snapshot, as training and evaluation take them. */

import { join } from 'node:path';
import type { Interactions } from '../interactions.js';
import { preferenceOf, ratingHighOf } from '../weight.js';
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
  { counts, ratingHigh: learned }: Pick<SnapshotManifest, 'counts' | 'ratingHigh'>,
): Promise<Interactions> {
  const n = counts.interactions;
  const users = new Float64Array(counts.users);
  const [userOf, filmOf] = [new Int32Array(n), new Int32Array(n)];
  const [preference, time] = [new Float32Array(n), new Float64Array(n)];
  const catalogue = await readCatalogue(folder);
  const placeOf = new Map(catalogue.ids.map((id, place) => [id, place]));
  const ratingHigh = learned ?? ratingHighOf(await highestRating(folder));

  const { user_id, movie_id, minutes, rating, last_ts } = interactionTable.columns;
  const columns = { user_id, movie_id, minutes, rating, last_ts };
  let [at, user] = [0, -1];
  for await (const batch of readBatches(join(folder, fileOf(interactionTable)), columns)) {
    for (let i = 0; i < batch.user_id.length; i++, at++) {
      const id = Number(batch.user_id[i]);
      if (user < 0 || users[user] !== id) users[++user] = id;
      userOf[at] = user;
      const place = placeOf.get(batch.movie_id[i]!)!;
      filmOf[at] = place;
      const [rated, watched] = [hundredths(batch.rating[i]), batch.minutes[i] ?? NaN];
      preference[at] = preferenceOf(rated, watched, catalogue.runtimes[place]!, ratingHigh);
      time[at] = batch.last_ts[i] ?? 0;
    }
  }
  return { users, films: keepMet(catalogue.ids, filmOf), userOf, filmOf, preference, time, ratingHigh };
}

/** In order of the catalogue; a running time of 0 is unknown. */
async function readCatalogue(folder: string): Promise<{ ids: string[]; runtimes: number[] }> {
  const ids: string[] = [];
  const runtimes: number[] = [];
  const { movie_id, runtime } = filmTable.columns;
  for await (const batch of readBatches(join(folder, fileOf(filmTable)), { movie_id, runtime })) {
    for (let i = 0; i < batch.movie_id.length; i++) {
      ids.push(batch.movie_id[i]!);
      runtimes.push(batch.runtime[i] ?? 0);
    }
  }
  return { ids, runtimes };
}

/** 0 when nobody rated. */
async function highestRating(folder: string): Promise<number> {
  let highest = 0;
  const { rating } = interactionTable.columns;
  for await (const batch of readBatches(join(folder, fileOf(interactionTable)), { rating })) {
    for (const given of Array.from(batch.rating)) highest = Math.max(highest, given ?? 0);
  }
  return highest;
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
