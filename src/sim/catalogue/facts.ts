/** The facts of a film: those that are known, and the others invented from (seed, film, place in the ranking). */

import type { Random } from '../../core/random.js';
import { aliasTable } from '../alias-table.js';
import { drawsOf, oneOf } from '../mix.js';
import type { KnownFilm, NamedFilm, SimFilm } from './film.js';
import { genreNames, genreWeights, siteGenres } from './genres.js';
import { pickLanguage } from './languages.js';
import { licenceCost } from './licence.js';
import { maturityOf } from './maturity.js';
import { outsideFacts, type Standing } from './outside.js';
import { adjectives, callings, names, nouns, places, quests, turns } from './words.js';

const genreTable = aliasTable(genreWeights);

export function filmOf(seed: number, index: number, named: NamedFilm, standing: Standing, known?: KnownFilm): SimFilm {
  const draws = drawsOf(seed, 'film', index);
  const { id, title, year } = named;
  const invented = inventGenres(draws);
  // The site has lost the genres of some films, known ones too.
  const genres = known === undefined || invented.length === 0 ? invented : siteGenres(known.genres);
  const runtime = draws.uniform() < 0.01 ? null : inventRuntime(draws, known === undefined);
  const language = pickLanguage(draws.uniform(), originOf(known));
  const overview = draws.uniform() < 0.03 ? null : inventOverview(draws);
  const beside = drawsOf(seed, 'catalogue', index);
  return {
    ...{ id, title, year, genres, runtime, language },
    overview: known?.summary ?? overview,
    cast: known?.cast ?? [],
    imdbId: known?.imdbId ?? null,
    tmdbId: known?.tmdbId ?? null,
    cost: licenceCost(beside, year, standing.rank),
    maturity: maturityOf(beside, year, genres),
    outside: outsideFacts(beside, named, standing),
  };
}

/** The summaries are of American films; whoever knows of them and gives none says that the film is not. */
function originOf(known: KnownFilm | undefined): 'american' | 'not american' | 'unknown' {
  if (known?.summary === undefined) return 'unknown';
  return known.summary === null ? 'not american' : 'american';
}

function inventGenres(draws: Random): string[] {
  // 1.8 % have none, most one to three.
  const count = draws.uniform() < 0.018 ? 0 : 1 + draws.integer(3);
  return [...new Set(Array.from({ length: count }, () => genreNames[genreTable.pick(draws.uniform())]!))];
}

/** Around 104 minutes; of invented films, one in 500 is a series of up to a thousand and more. */
function inventRuntime(draws: Random, mayBeSeries: boolean): number {
  if (mayBeSeries && draws.uniform() < 0.002) return 300 + draws.integer(900);
  return Math.max(45, Math.round(104 + 21 * draws.normal()));
}

function inventOverview(draws: Random): string {
  const who = oneOf(draws, callings);
  const scene = `In ${oneOf(draws, places)}, ${who} and ${oneOf(draws, names)} set out ${oneOf(draws, quests)}.`;
  const thing = `It begins with a ${oneOf(draws, adjectives).toLowerCase()} ${oneOf(draws, nouns).toLowerCase()}.`;
  return [scene, thing, oneOf(draws, turns)].slice(0, 1 + draws.integer(3)).join(' ');
}
