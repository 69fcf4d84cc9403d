/** Films and users as JSON in the two type styles of the site's look-up APIs. */

import { genreNumbers } from '../catalogue/genres.js';
import type { SimFilm } from '../catalogue/films.js';
import type { SimUser } from '../viewers/users.js';

/** The older style writes numbers and booleans as text, and what is missing as "null". */
export type ApiStyle = 'old' | 'new';
type Json = Readonly<Record<string, unknown>>;

const outdated = (value: number | string | null): string => (value === null ? 'null' : String(value));

export function filmJson(film: SimFilm, style: ApiStyle): Json {
  const { id, title, year, language, overview, runtime, cost } = film;
  const released = year === null ? null : `${String(year).padStart(4, '0')}-06-15`;
  const genres = film.genres.map((name) => ({ id: genreNumbers[name] ?? 0, name }));
  const common = { id, title, original_title: title, original_language: language, genres, status: 'Released' };
  if (style === 'old') {
    return {
      ...common,
      adult: 'False',
      belongs_to_collection: {},
      budget: '0',
      homepage: 'null',
      overview: outdated(overview),
      release_date: outdated(released),
      revenue: '0',
      runtime: runtime ?? 'null',
      ...(cost === null ? {} : { cost: String(cost) }),
    };
  }
  return {
    ...common,
    adult: false,
    belongs_to_collection: null,
    budget: 0,
    homepage: null,
    origin_country: [],
    overview,
    release_date: released,
    revenue: 0,
    runtime,
    tagline: null,
    ...(cost === null ? {} : { license_cost: cost }),
  };
}

export function userJson({ id, age, occupation, gender, likes, dislikes }: SimUser, style: ApiStyle): Json {
  const old = style === 'old';
  return {
    user_id: id,
    age: old ? String(age) : age,
    occupation,
    gender,
    self_description_likes: old ? outdated(likes) : likes,
    self_description_dislikes: old ? outdated(dislikes) : dislikes,
  };
}

/** The same record after somebody changed the API without a word: numbers as words, lists as text. */
export function withChangedTypes(record: Json): Json {
  const changes: Json = {
    runtime: 'about two hours',
    genres: 'Drama',
    release_date: 1999,
    age: { years: 29 },
    gender: 1,
  };
  return Object.fromEntries(Object.entries(record).map(([field, value]) => [field, changes[field] ?? value]));
}
