/** What each fault does to the line of a viewing or a rating. */

import type { Random } from '../../core/random.js';
import type { FaultKind } from './fault-rates.js';
import { oneOf } from '../mix.js';

/** The faults that spoil a line; the other two add one. */
export type Corruption = Exclude<FaultKind, 'tombstone' | 'duplicate'>;

export interface Corrupted {
  /** One character a byte (latin1), without LF. */
  readonly text: string;
  /** Whether it still has the shape of a line, so that only plausibility can tell. */
  readonly parses: boolean;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const character = (draws: Random, of: string): string => of[draws.integer(of.length)]!;
const randomText = (draws: Random, length: number): string =>
  Array.from({ length }, () => character(draws, LETTERS + DIGITS)).join('');

/** A line of a viewing or a rating in parts; put together they are the line. */
interface Parts {
  readonly time: string;
  readonly user: string;
  readonly verb: ',GET /data/m/' | ',GET /rate/';
  readonly film: string;
  readonly separator: '/' | '=';
  readonly number: string;
  readonly end: '.mpg' | '';
}

function partsOf(line: string): Parts {
  const [time, user] = line.split(',', 2) as [string, string];
  const watch = line.endsWith('.mpg');
  const verb = watch ? ',GET /data/m/' : ',GET /rate/';
  const separator = watch ? '/' : '=';
  const filmEnd = line.lastIndexOf(separator);
  const end = watch ? '.mpg' : '';
  const film = line.slice(time.length + 1 + user.length + verb.length, filmEnd);
  return { time, user, verb, film, separator, number: line.slice(filmEnd + 1, line.length - end.length), end };
}

const together = ({ time, user, verb, film, separator, number, end }: Parts): string =>
  `${time},${user}${verb}${film}${separator}${number}${end}`;

type Corrupt = (line: string, draws: Random, ratingMax: number) => Corrupted;

const corruptions: Readonly<Record<Corruption, Corrupt>> = {
  insertion: (line, draws) => {
    const added = draws.uniform() < 0.4 ? ' ' : character(draws, LETTERS + DIGITS);
    const at = draws.integer(line.length + 1);
    return { text: line.slice(0, at) + added + line.slice(at), parses: fits(partsOf(line), at, added) };
  },
  'film-id': (line, draws) => ({
    text: together({ ...partsOf(line), film: randomText(draws, 3 + draws.integer(62)) }),
    parses: true,
  }),
  'rating-scale': (line, draws, ratingMax) => {
    const number = oneOf(draws, ['0', String(ratingMax + 1), String(ratingMax + 5), '1.5']);
    const parts = { ...partsOf(line), verb: ',GET /rate/', separator: '=', number, end: '' } as const;
    return { text: together(parts), parses: number !== '1.5' };
  },
  user: (line, draws) => {
    const parts = partsOf(line);
    const kind = draws.integer(3);
    if (kind === 0) return { text: together({ ...parts, user: `-${parts.user}` }), parses: false };
    const digit = kind === 1;
    const at = draws.integer(parts.user.length) + 1;
    const added = character(draws, digit ? DIGITS : LETTERS);
    const user = parts.user.slice(0, at) + added + parts.user.slice(at);
    return { text: together({ ...parts, user }), parses: digit };
  },
  fields: (line, draws) => {
    const { time, user } = partsOf(line);
    return { text: oneOf(draws, [time, `${time},`, `${time},${user}`, `${time},${user},`]), parses: false };
  },
  encoding: (line, draws) => {
    const at = draws.integer(line.length + 1);
    const bytes = oneOf(draws, ['\xff', '\xc3\x28', '\xe2\x82', '\xc0\xaf']);
    return { text: line.slice(0, at) + bytes + line.slice(at), parses: false };
  },
  long: (line, draws) => {
    const film = 'x'.repeat(5_000 + draws.integer(995_000));
    return { text: together({ ...partsOf(line), film }), parses: false };
  },
};

export const corrupt = (kind: Corruption, line: string, draws: Random, ratingMax: number): Corrupted =>
  corruptions[kind](line, draws, ratingMax);

/** Whether `added` before character `at` may belong to the field it falls into: a digit of a number, a letter of a film. */
function fits({ time, user, verb, film, number }: Parts, at: number, added: string): boolean {
  const userStart = time.length + 1;
  const filmStart = userStart + user.length + verb.length;
  const numberStart = filmStart + film.length + 1;
  if (at >= filmStart && at <= filmStart + film.length) return added !== ' ';
  const longer = (text: string, start: number): string | undefined =>
    at >= start && at <= start + text.length ? text.slice(0, at - start) + added + text.slice(at - start) : undefined;
  const whole = longer(user, userStart) ?? longer(number, numberStart) ?? '';
  return /^(0|[1-9]\d*)$/.test(whole);
}
