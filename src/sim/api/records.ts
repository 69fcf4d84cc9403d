/** Films and users as JSON in the two type styles of the site's look-up APIs. */

import { genreNumbers } from '../catalogue/genres.js';
import type { SimFilm } from '../catalogue/films.js';
import { languageOf } from '../catalogue/languages.js';
import type { SimUser } from '../viewers/users.js';

/** The older style writes numbers and booleans as text, and what is missing as "null". */
export type ApiStyle = 'old' | 'new';
type Json = Readonly<Record<string, unknown>>;

const outdated = (value: number | string | null): string => (value === null ? 'null' : String(value));

export function filmJson(film: SimFilm, style: ApiStyle): Json {
  return style === 'old' ? oldFilm(film) : newFilm(film);
}

/** Fields that look alike in both styles. */
function commonFields({ id, tmdbId, imdbId, title, genres, language, outside }: SimFilm): Json {
  return {
    id,
    tmdb_id: tmdbId,
    imdb_id: imdbId,
    title,
    original_title: title,
    original_language: language,
    genres: genres.map((name) => ({ id: genreNumbers[name], name })),
    production_companies: outside.companies.map((name) => ({ name, origin_country: languageOf(language).country })),
    spoken_languages: [{ iso_639_1: language, name: languageOf(language).name }],
    status: 'Released',
  };
}

function oldFilm(film: SimFilm): Json {
  const { overview, runtime, cost, outside } = film;
  return {
    ...commonFields(film),
    adult: 'False',
    belongs_to_collection: outside.collection === null ? {} : { name: outside.collection },
    budget: String(outside.budget),
    homepage: outdated(outside.homepage),
    overview: outdated(overview),
    popularity: String(outside.popularity),
    release_date: outdated(releaseDate(film)),
    revenue: String(outside.revenue),
    runtime: runtime ?? 'null',
    vote_average: String(outside.voteAverage),
    vote_count: String(outside.voteCount),
    ...(cost === null ? {} : { cost: String(cost) }),
  };
}

function newFilm(film: SimFilm): Json {
  const { language, overview, runtime, cost, outside } = film;
  return {
    ...commonFields(film),
    adult: false,
    belongs_to_collection: outside.collection === null ? null : { name: outside.collection },
    budget: outside.budget,
    homepage: outside.homepage,
    origin_country: [languageOf(language).country],
    overview,
    popularity: outside.popularity,
    release_date: releaseDate(film),
    revenue: outside.revenue,
    runtime,
    tagline: outside.tagline,
    vote_average: outside.voteAverage,
    vote_count: outside.voteCount,
    ...(cost === null ? {} : { license_cost: cost }),
  };
}

const releaseDate = ({ year, outside }: SimFilm): string | null =>
  year === null ? null : `${String(year).padStart(4, '0')}-${outside.releaseDay}`;

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
