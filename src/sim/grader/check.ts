/** What the site makes of an answer's body: every id of the list must be in its catalogue. */

import { printable } from '../../core/printable.js';

export interface Verdict {
  /** 200 answered, 400 a bad list, 500 an error of the service, 0 no answer in time. */
  readonly status: 200 | 400 | 500 | 0;
  /** Indexes in the catalogue, best first; empty unless the status is 200. */
  readonly films: readonly number[];
  /** What stands behind `result: ` in the log: ids separated by `, `, or why there is no list. ASCII, of one line. */
  readonly result: string;
}

export type FilmIndex = (id: string) => number | undefined;

/** The longest list that the site takes. */
const LIST_LENGTH_MAX = 20;
const SHOWN_LENGTH_MAX = 100;

/** `body` is one character a byte. An empty body is a list of one id that no catalogue has. */
export function checkList(body: string, filmIndex: FilmIndex): Verdict {
  const ids = body.split(',');
  const films: number[] = [];
  for (const id of ids) {
    const film = filmIndex(id);
    if (film === undefined) return { status: 400, films: [], result: `movie ["${shown(id)}" not found` };
    films.push(film);
  }
  if (ids.length > LIST_LENGTH_MAX) {
    return { status: 400, films: [], result: `${ids.length} movies, at most ${LIST_LENGTH_MAX} are shown` };
  }
  return { status: 200, films, result: ids.join(', ') };
}

/** What the service may have sent must not end or spoil the line of the log that tells of it. */
const shown = (text: string): string =>
  printable(text, SHOWN_LENGTH_MAX).replace(/[^\x20-\x7e]/g, (c) => (c === '…' ? '...' : '?'));
