/** Real self-descriptions, read against the bundled catalogue. They may not ship: only what is right by eye stands here. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { wordsOfSummaries } from '../../src/text/plain-words.js';
import { profileOf, type GenreTaste, type Profile } from '../../src/text/profile.js';
import { createTitleIndex } from '../../src/text/title-index.js';

const file = join(process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data'), 'users/users-2026.jsonl');
const isThere = existsSync(file);
if (!isThere) console.log(`skipped: ${file} is not there (MATINEE_TEST_DATA)`);

interface Line {
  readonly user_id: number;
  readonly self_description_likes: string | null;
  readonly self_description_dislikes: string | null;
}

/** By user: titles liked and disliked, genres liked and disliked (½: half a dislike), whether popularity counts. */
const rightByEye: Readonly<Record<number, readonly [number, number, string, string, boolean | null]>> = {
  118511: [0, 0, 'Action Crime Animation Science Fiction', 'Horror Thriller½', true],
  6: [2, 1, 'Romance Drama Animation', 'Action', true],
  7: [4, 1, 'Science Fiction Action Comedy History', 'Romance', null],
  9: [4, 3, 'Drama Crime Horror½', '', true],
  23: [4, 4, 'Thriller Mystery Drama Comedy', 'Romance½ Family½ Horror½', true],
  30: [3, 1, 'Fantasy Drama', 'Romance Science Fiction', true],
  36: [1, 1, 'Action Thriller Drama', 'Comedy½', true],
  37: [2, 1, 'Crime Drama Mystery', 'Comedy½ Romance½ Action½', true],
  40: [3, 3, 'Drama Mystery', 'Comedy Horror Action', null],
  41: [1, 1, 'Family Fantasy Adventure', 'Horror Comedy½', true],
  48: [2, 1, 'Drama Thriller Crime History Fantasy', 'Action½', true],
};

describe.skipIf(!isThere || bundledCatalogue().length === 0)('real descriptions', () => {
  const films = bundledCatalogue();
  const titles = createTitleIndex(
    films.map(({ title, year, ratings = 0 }) => ({ title, year, popularity: ratings })),
    wordsOfSummaries(films.flatMap(({ summary }) => summary ?? [])),
  );
  const lines = isThere ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const users = lines.map((line) => JSON.parse(line) as Line);
  const genres = (tastes: readonly GenreTaste[]): string =>
    tastes.map(({ genre, strength }) => (strength < 1 ? `${genre}½` : genre)).join(' ');
  const show = ({ likedTitles, dislikedTitles, ...profile }: Profile): string => {
    const names = (numbers: readonly number[]): string => numbers.map((film) => films[film]!.id).join(', ');
    return [
      `likes ${names(likedTitles)} | ${genres(profile.likedGenres)} | popular ${profile.popular}`,
      `dislikes ${names(dislikedTitles)} | ${genres(profile.dislikedGenres)}`,
    ].join('\n  ');
  };

  test.each(users)(
    'user $user_id',
    ({ user_id, self_description_likes: likes, self_description_dislikes: dislikes }) => {
      const profile = profileOf({ likes, dislikes, age: null, gender: null }, titles);
      console.log(`${user_id}: ${show(profile)}`);
      expect([
        ...[profile.likedTitles.length, profile.dislikedTitles.length],
        ...[genres(profile.likedGenres), genres(profile.dislikedGenres), profile.popular],
      ]).toEqual(rightByEye[user_id]);
    },
  );
});
