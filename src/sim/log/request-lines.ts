/** What the site logs about a recommendation request: mostly a list, sometimes why there was none. */

import type { Random } from '../../core/random.js';
import { ascii, put, putNumber } from './bytes.js';
import type { FilmText } from './line-text.js';
import type { SimWorld } from '../world.js';

const LIST_LENGTH = 20;

const HOST = 'recommender.example:8082';
const status = (code: number): Uint8Array => ascii(`,recommendation request ${HOST}, status ${code}, result: `);
const ANSWERED = status(200);
const REFUSED = status(400);
const BROKEN = status(500);
const FAILED = status(0);
const BETWEEN = ascii(', ');
const MS = ascii(' ms\n');
const NOT_FOUND_HEAD = ascii('movie ["');
const NOT_FOUND_TAIL = ascii('" not found');
const INTERNAL_ERROR = ascii('Internal Server Error');
const TIMEOUT = ascii(`java.util.concurrent.TimeoutException: Request timeout to ${HOST} after 800 ms`);
const NO_CONNECTION = ascii(`Connection refused: ${HOST}`);

/** Behind `<time>,<user>`, to the end of the line. */
export function putRequest(into: Uint8Array, at: number, world: SimWorld, films: FilmText, draws: Random): number {
  const putList = (start: number): number => {
    let to = start;
    for (const film of pickList(world, draws)) {
      if (to > start) to = put(into, to, BETWEEN);
      to = films.put(into, to, film);
    }
    return to;
  };
  const putEnd = (to: number, latencyMs: number): number =>
    put(into, putNumber(into, put(into, to, BETWEEN), latencyMs), MS);

  const outcome = draws.uniform();
  if (outcome < 0.93) return putEnd(putList(put(into, at, ANSWERED)), 5 + draws.integer(120));
  if (outcome < 0.96) {
    at = films.put(into, put(into, put(into, at, REFUSED), NOT_FOUND_HEAD), pickFilm(world, draws));
    return putEnd(put(into, at, NOT_FOUND_TAIL), 5 + draws.integer(60));
  }
  if (outcome < 0.965) return putEnd(put(into, put(into, at, BROKEN), INTERNAL_ERROR), 5 + draws.integer(60));
  at = put(into, at, FAILED);
  // Answered, but too late to count.
  if (outcome < 0.975) return putEnd(putList(at), 801 + draws.integer(60));
  if (outcome < 0.992) return putEnd(put(into, at, TIMEOUT), 801 + draws.integer(40));
  return putEnd(put(into, at, NO_CONNECTION), 1000 + draws.integer(500));
}

const pickFilm = (world: SimWorld, draws: Random): number => world.pickFilm(draws.uniform());

/** Twenty different films, or as many as there are. */
function pickList(world: SimWorld, draws: Random): number[] {
  const list: number[] = [];
  const length = Math.min(LIST_LENGTH, world.ids.length);
  while (list.length < length) {
    const film = pickFilm(world, draws);
    if (!list.includes(film)) list.push(film);
  }
  return list;
}
