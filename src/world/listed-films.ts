/** The list of film ids in a recommendation's result. */

import { filmBytesEnd, isFilmLength } from './film-bytes.js';

const BLANK = 0x20;
const COMMA = 0x2c;

/** Ids with a comma and a blank between them. An answer holds up to twenty films, so none at all is a list, too. */
export function isFilmList(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  for (let at = start; ; at += 2) {
    const stop = filmBytesEnd(bytes, at, end);
    if (!isFilmLength(stop - at)) return false;
    if (stop === end) return true;
    if (bytes[stop] !== COMMA || stop + 1 === end || bytes[stop + 1] !== BLANK) return false;
    at = stop;
  }
}

/**
 * Calls `visit` with the byte range of each id in turn. Takes a comma without a blank as well, as in the body of an answer.
 * What is not a list is cut at its commas all the same, without an error; empty pieces are left out.
 */
export function forEachListedFilm(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: (filmStart: number, filmEnd: number) => void,
): void {
  for (let at = start; at < end; at++) {
    if (bytes[at] === BLANK) at++;
    let stop = at;
    while (stop < end && bytes[stop] !== COMMA) stop++;
    if (stop > at) visit(at, stop);
    at = stop;
  }
}
