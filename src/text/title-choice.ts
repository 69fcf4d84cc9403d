/**
 * Which readings of a text stand: of those that overlap the longest that is meant; in a list, what stands makes its
 * neighbours surer.
 */

import type { Reading } from './title-trie.js';
import type { Token } from './tokens.js';

/** @param isListed whether it stands in one list with a name that is sure */
type IsMeant = (reading: Reading, isListed: boolean) => boolean;

/**
 * None overlaps another; in no order. Each reading is weighed five times at most, whatever the text: once by itself, and
 * once for each name that ends or begins beside it.
 */
export function standing(readings: readonly Reading[], tokens: readonly Token[], isMeant: IsMeant): Reading[] {
  const isTaken = new Uint8Array(tokens.length);
  const take = (candidates: Iterable<Reading>, isListed: boolean): Reading[] =>
    [...candidates].sort(longestFirst).filter((reading) => {
      const { from, to } = reading;
      if (isTaken.subarray(from, to).includes(1) || !isMeant(reading, isListed)) return false;
      isTaken.fill(1, from, to);
      return true;
    });

  const listedWith = listing(readings, tokens);
  const all: Reading[] = [];
  // A doubtful name in one list with sure ones: `heat, casino and goodfellas`. Each turn reaches one further.
  for (let last = take(readings, false); last.length > 0; last = take(new Set(last.flatMap(listedWith)), true)) {
    for (const reading of last) all.push(reading);
  }
  return all;
}

/** The readings between which and a given one stands nothing but a comma, `and` or `or`. */
function listing(readings: readonly Reading[], tokens: readonly Token[]): (reading: Reading) => Reading[] {
  const beginning: Reading[][] = Array.from({ length: tokens.length + 1 }, () => []);
  const ending: Reading[][] = Array.from({ length: tokens.length + 1 }, () => []);
  for (const reading of readings) {
    beginning[reading.from]!.push(reading);
    ending[reading.to]!.push(reading);
  }
  const isComma = (at: number): boolean => at < tokens.length && /[,/+;]/.test(tokens[at]!.gap);
  const isJoint = (at: number): boolean => at >= 0 && at < tokens.length && joints.has(tokens[at]!.word);
  return ({ from, to }) => [
    ...(isComma(to) ? beginning[to]! : []),
    ...(isJoint(to) ? beginning[to + 1]! : []),
    ...(isComma(from) ? ending[from]! : []),
    ...(isJoint(from - 1) ? ending[from - 1]! : []),
  ];
}

const joints = new Set(['and', 'or', 'nor', 'n']);

/** More words first, then fewer mistakes, then the earlier. */
const longestFirst = (a: Reading, b: Reading): number =>
  lettersOf(b) - 4 * b.edits - (lettersOf(a) - 4 * a.edits) || a.edits - b.edits || a.from - b.from || b.to - a.to;

const lettersOf = ({ content }: Reading): number => content.reduce((sum, word) => sum + word.length + 1, 0);
