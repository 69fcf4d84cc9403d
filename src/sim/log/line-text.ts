/** The four shapes of a line, behind its time: `,<user>,<what happened>` and the LF. */

import { ascii, put, putNumber, putRange } from './bytes.js';

const WATCH = ascii(',GET /data/m/');
const RATE = ascii(',GET /rate/');
const CREATE = ascii(',GET /create_account\n');
const MPG = ascii('.mpg\n');
const COMMA = 44;
const SLASH = 47;
const EQUALS = 61;
const LF = 10;

/** All film ids behind one another, so that a line copies its own without making anything. */
export class FilmText {
  readonly #text: Uint8Array;
  readonly #starts: Uint32Array;

  constructor(ids: readonly string[]) {
    this.#text = ascii(ids.join(''));
    this.#starts = new Uint32Array(ids.length + 1);
    for (const [film, id] of ids.entries()) this.#starts[film + 1] = this.#starts[film]! + id.length;
  }

  put(into: Uint8Array, at: number, film: number): number {
    return putRange(into, at, this.#text, this.#starts[film]!, this.#starts[film + 1]!);
  }
}

export function putUser(into: Uint8Array, at: number, user: number): number {
  into[at++] = COMMA;
  return putNumber(into, at, user);
}

export function putWatch(into: Uint8Array, at: number, films: FilmText, film: number, minute: number): number {
  at = films.put(into, put(into, at, WATCH), film);
  into[at++] = SLASH;
  return put(into, putNumber(into, at, minute), MPG);
}

export function putRate(into: Uint8Array, at: number, films: FilmText, film: number, rating: number): number {
  at = films.put(into, put(into, at, RATE), film);
  into[at++] = EQUALS;
  at = putNumber(into, at, rating);
  into[at++] = LF;
  return at;
}

export const putCreate = (into: Uint8Array, at: number): number => put(into, at, CREATE);
