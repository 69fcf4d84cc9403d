/** Film rows of the MovieLens editions. */

import type { NumberedFilm } from '../../world/movielens-ids.js';
import { parseMovieLensGenres, parseMovieLensTitle } from '../../world/movielens-text.js';
import type { Separator } from './fields.js';
import type { Reason } from './report.js';

/** The 19 flags that end a row of the 100K edition's u.item; the first means that the genre is unknown. */
const GENRES_100K = [
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
] as const;

/** `number, title, genres`, or `number|title|three fields|19 flags` in the 100K edition. */
export function readFilm(fields: readonly string[], separator: Separator): NumberedFilm | Reason {
  const width = separator === '|' ? 24 : 3;
  if (fields.length < width) return 'fields-missing';
  if (fields.length > width) return 'row-unreadable';
  const [number, title] = fields as [string, string];
  if (!/^\d{1,9}$/.test(number) || title.trim() === '') return 'film-invalid';
  const genres =
    separator === '|' ? GENRES_100K.filter((_, i) => fields[6 + i] === '1') : parseMovieLensGenres(fields[2]!.trim());
  return { number: Number(number), ...parseMovieLensTitle(title), genres };
}
