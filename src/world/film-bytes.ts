/**
 * Film ids in the bytes of a log line. Wider than the site's own spelling (film-id.ts): an id that was replaced by a random
 * word still reads, and the catalogue decides what exists.
 */

import { FILM_ID_BYTES_MAX } from './film-id.js';

/** 1 for the bytes an id may hold: what prints in ASCII, without what means something in a line, a URL or a page. */
const filmByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 0x20 && byte < 0x7f && !'/,=?#%&"<>\\'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** The first position from `at` whose byte no id holds, or `end`. */
export function filmBytesEnd(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && filmByte[bytes[at]!] === 1) at++;
  return at;
}

export const isFilmLength = (length: number): boolean => length > 0 && length <= FILM_ID_BYTES_MAX;
