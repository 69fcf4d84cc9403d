/** The names of the catalogue's films, to be found in what users say: an index that is made anew as the catalogue grows. */

import type { State } from '../../store/state.js';
import { wordsOfSummaries } from '../../text/plain-words.js';
import { createTitleIndex, type TitleIndex } from '../../text/title-index.js';

export interface CatalogueTitles {
  /** Film numbers are state indexes. Of films of one name, the one that more users met is meant. */
  readonly index: TitleIndex;
  /** So many the catalogue held when it was made. */
  readonly films: number;
  readonly madeMs: number;
}

export function titlesIn({ films, viewers }: State, nowMs: number): CatalogueTitles {
  const popularity = viewers.counts(films.count());
  const titled = Array.from(films.all(), ([film, { title, year }]) => ({ title, year, popularity: popularity[film]! }));
  const index = createTitleIndex(titled, wordsOfSummaries(summariesIn(films)));
  return { index, films: titled.length, madeMs: nowMs };
}

/** Read one by one: they are many times as long as the titles. */
function* summariesIn(films: State['films']): Generator<string> {
  for (const [, { overview }] of films.all()) if (overview !== null) yield overview;
}

/** So much growth makes an index old at once, less of it after a while, and the changes of popularity alone after a longer one. */
const GROWTH = 1.25;
const GROWN_MS = 600_000;
const POPULARITY_MS = 3_600_000;

/** @param isLast nothing will be read later: any growth counts now */
export function areOld({ films, madeMs }: CatalogueTitles, filmsNow: number, nowMs: number, isLast: boolean): boolean {
  const [grown, age] = [filmsNow / Math.max(1, films), nowMs - madeMs];
  return grown >= GROWTH || (grown > 1 && (isLast || age >= GROWN_MS)) || age >= POPULARITY_MS;
}
