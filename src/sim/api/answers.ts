/** What the look-up APIs answer to a path, as data: status, headers and JSON. */

import { shuffled, type Random } from '../../core/random.js';
import type { ApiBehaviour } from './behaviour.js';
import { filmJson, userJson, withChangedTypes, type ApiStyle } from './records.js';
import type { SimFilm } from '../catalogue/films.js';
import type { SimUser } from '../viewers/users.js';

const IDS_MAX = 200;

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is looked up where. */
export interface Lookups {
  readonly film: (id: string) => SimFilm | undefined;
  readonly user: (id: string) => SimUser | undefined;
}

export interface Asked {
  readonly kind: 'film' | 'user';
  readonly ids: readonly string[];
}

/** `/movie/a,b` or `/user/7`; undefined for any other path. */
export function parsePath(path: string): Asked | undefined {
  const match = /^\/(movie|user)\/([^/?]+)$/.exec(path);
  if (match === null) return undefined;
  try {
    const ids = match[2]!.split(',').map(decodeURIComponent);
    return { kind: match[1] === 'movie' ? 'film' : 'user', ids };
  } catch {
    return undefined;
  }
}

const notFound = (kind: Asked['kind']): ApiAnswer => ({
  status: 404,
  body: { message: kind === 'film' ? 'movie not found' : 'user not found' },
});

/** One id gives an object or 404, several a list of those that are known. */
export function answerTo(
  { kind, ids }: Asked,
  lookups: Lookups,
  style: ApiStyle,
  behaviour: ApiBehaviour,
  draws: Random,
): ApiAnswer {
  if (ids.length > IDS_MAX) return { status: 400, body: { message: `more than ${IDS_MAX} ids` } };

  const recordOf = (id: string): unknown => {
    if (behaviour.unknown.has(id)) return undefined;
    const json = kind === 'film' ? filmRecord(lookups.film(id), style) : userRecord(lookups.user(id), style);
    return json !== undefined && behaviour.changedTypes ? withChangedTypes(json) : json;
  };

  if (ids.length === 1) {
    const record = recordOf(ids[0]!);
    return record === undefined ? notFound(kind) : { status: 200, body: record };
  }
  const records = ids
    .map(recordOf)
    .filter((record) => record !== undefined && draws.uniform() >= behaviour.leftOutShare);
  return { status: 200, body: behaviour.unordered ? shuffled(records, draws) : records };
}

const filmRecord = (film: SimFilm | undefined, style: ApiStyle) => (film === undefined ? film : filmJson(film, style));
const userRecord = (user: SimUser | undefined, style: ApiStyle) => (user === undefined ? user : userJson(user, style));
