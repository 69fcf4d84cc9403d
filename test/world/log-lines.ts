/** Valid lines of the log for tests: random ones of every kind, their fields marked. */

import fc from 'fast-check';

export type Field = 'time' | 'user' | 'film' | 'minute' | 'rating' | 'host' | 'status' | 'result' | 'latency';

/** What a line is made of, in order: literals, and fields with their names. */
export type Parts = readonly (string | readonly [field: Field, text: string])[];

export const textOf = (parts: Parts): string =>
  parts.map((part) => (typeof part === 'string' ? part : part[1])).join('');

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `drop` bytes at `at` replaced by `put`. */
export const splice = (bytes: Uint8Array, at: number, drop: number, put: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);

/** The byte range of each field: [start, end). */
export function rangesOf(parts: Parts): { field: Field; start: number; end: number }[] {
  let at = 0;
  return parts.flatMap((part) => {
    const start = at;
    at += bytesOf(typeof part === 'string' ? part : part[1]).length;
    return typeof part === 'string' ? [] : [{ field: part[0], start, end: at }];
  });
}

const whole = (max: number): fc.Arbitrary<string> => fc.nat(max).map(String);
const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: count, maxLength: count });

const day = fc
  .date({ min: new Date('0000-01-01T00:00Z'), max: new Date('9999-12-31T23:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const seconds = fc.oneof(
  fc.constant(''),
  fc.nat(59).map((second) => `:${String(second).padStart(2, '0')}`),
  fc
    .tuple(fc.nat(59), fc.oneof(digits(3), digits(6), digits(9)))
    .map(([second, fraction]) => `:${String(second).padStart(2, '0')}.${fraction}`),
);
const time = fc.tuple(day, seconds).map(([iso, rest]): [Field, string] => ['time', iso.slice(0, 16) + rest]);
const user = fc.oneof(whole(1_000_000), whole(9_999_999_999)).map((text): [Field, string] => ['user', text]);

const filmLetters = Array.from(`abcdefghijklmnopqrstuvwxyz0123456789+++.-_*'XYZ!$();:@[]^{|}~\``);
const filmId = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: fc.constantFrom(...filmLetters), minLength: 1, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...filmLetters), minLength: 240, maxLength: 255 }) },
);
const film = filmId.map((text): [Field, string] => ['film', text]);

const errorText = fc.oneof(
  fc.constantFrom(
    'movie ["winter+in+wartime+2008" not found',
    'Connection refused: films/10.0.0.7:8082, 12 ms, 13 ms',
    'java.util.concurrent.TimeoutException: Request timeout to films:8082 after 800 ms',
    '',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from(' ,:012msé日🎬')), maxLength: 30 }),
);
const filmList = fc.array(filmId, { maxLength: 20 }).map((ids) => ids.join(', '));
const outcome = fc.oneof(
  fc.tuple(fc.constant('200'), filmList),
  fc.tuple(
    fc.oneof(
      fc.constant('0'),
      fc
        .integer({ min: 100, max: 599 })
        .filter((s) => s !== 200)
        .map(String),
    ),
    errorText,
  ),
);
const host = fc.constantFrom('films.example.org:8082', '[::1]:8082', 'a');

const begin = fc.tuple(time, user);
const watch = fc
  .tuple(begin, film, fc.oneof(whole(200), whole(65_534)))
  .map(([[t, u], f, minute]): Parts => [t, ',', u, ',GET /data/m/', f, '/', ['minute', minute], '.mpg']);
const rate = fc
  .tuple(begin, film, fc.oneof(whole(10), whole(999)))
  .map(([[t, u], f, rating]): Parts => [t, ',', u, ',GET /rate/', f, '=', ['rating', rating]]);
const create = begin.map(([t, u]): Parts => [t, ',', u, ',GET /create_account']);
const recommendation = fc
  .tuple(begin, host, outcome, fc.oneof(whole(900), whole(999_999_999)))
  .map(([[t, u], h, [status, result], latency]): Parts => {
    const asked: Parts = [t, ',', u, ',recommendation request ', ['host', h]];
    return [
      ...asked,
      ', status ',
      ['status', status],
      ', result: ',
      ['result', result],
      ', ',
      ['latency', latency],
      ' ms',
    ];
  });

/** A line of any kind, each as often. */
export const lineParts: fc.Arbitrary<Parts> = fc.oneof(watch, rate, create, recommendation);
