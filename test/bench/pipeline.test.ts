/** The pipeline bench reads a file that is what it says: so many ratings, each of another pair, in order of time. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRatings } from '../../bench/pipeline/ratings.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(seed: number): string {
  const path = join(folder, 'ratings.csv');
  writeRatings(path, { users: 300, films: 400, interactions: 5_000, seed });
  return readFileSync(path, 'utf8');
}

test('so many ratings of different pairs, each later than the one before, of all users and nearly all films', () => {
  const [header, ...lines] = written(1).trimEnd().split('\n');
  expect(header).toBe('user_id,movie_id,rating,timestamp');
  const rows = lines.map((line) => line.split(',') as [string, string, string, string]);
  expect(rows).toHaveLength(5_000);
  expect(new Set(rows.map(([user, film]) => `${user} ${film}`)).size).toBe(5_000);
  const times = rows.map(([, , , time]) => Date.parse(`${time}Z`));
  expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
  expect(new Set(rows.map(([user]) => user)).size).toBe(300);
  expect(new Set(rows.map(([, film]) => film)).size).toBeGreaterThan(350);
  expect(new Set(rows.map(([, , rating]) => rating))).toEqual(
    new Set(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']),
  );
});

test('the same bytes from the same seed, others from another', () => {
  expect(written(1)).toBe(written(1));
  expect(written(1)).not.toBe(written(2));
});
