/** What the faults of a log did to its lines, and what became of each. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultKind } from '../../src/sim/log/fault-rates.js';
import { segmentNames } from '../../src/sim/log/log-directory.js';
import { LogLine, RATE, WATCH } from '../../src/world/log-line.js';

/** Lines by partition, one character a byte (latin1), without line ends. */
export type Log = readonly (readonly string[])[];

export const logIn = (folder: string): Log =>
  readdirSync(folder)
    .sort()
    .map((partition) => {
      const path = join(folder, partition);
      const text = segmentNames(path).map((name) => readFileSync(join(path, name), 'latin1'));
      return text.join('').split('\n').slice(0, -1);
    });

/** As the truth file tells it. */
export interface Fault {
  readonly fault: FaultKind;
  readonly partition: number;
  readonly line: number;
  /** Undefined of a line that nothing stands behind. */
  readonly original?: string;
}

/**
 * - `undone`: it says what it said before.
 * - `lost`: rejected or put aside; what it said before is not to be found in it.
 * - `believed`: it says something else that might be true.
 */
export type Fate = 'undone' | 'lost' | 'believed';

export interface Damaged {
  readonly kind: FaultKind;
  readonly original: string;
  readonly text: string;
  readonly fate: Fate;
}

/**
 * Every spoilt line of `log` with what it was. `whole`: the log as it would be without faults. `isAside`: whether a line was
 * rejected or is held. Throws where the log is spoilt otherwise than `faults` tell.
 */
export function damagedLines(
  log: Log,
  whole: Log,
  faults: readonly Fault[],
  isAside: (text: string) => boolean,
): Damaged[] {
  const unspoilt = new Set(whole.flat());
  return log.flatMap((lines, partition) => {
    // What a batch that came twice spoilt is spoilt once.
    const texts = [...new Set(lines.filter((line) => line !== '' && !unspoilt.has(line)))];
    const truths = faults.filter((truth) => truth.partition === partition && truth.original !== undefined);
    if (texts.length !== truths.length) {
      throw new Error(
        `partition ${partition} has ${texts.length} spoilt lines, and the truth tells of ${truths.length}`,
      );
    }
    return truths.map(({ fault: kind, original }, i): Damaged => {
      const text = texts[i]!;
      return { kind, original: original!, text, fate: fateOf(text, original!, isAside) };
    });
  });
}

function fateOf(text: string, original: string, isAside: (text: string) => boolean): Fate {
  if (isAside(text)) return 'lost';
  return meaningOf(text) === meaningOf(original) ? 'undone' : 'believed';
}

/** The state keeps seconds. */
function meaningOf(text: string): string {
  const line = new LogLine();
  const bytes = Buffer.from(text, 'latin1');
  const kind = line.parse(bytes, 0, bytes.length);
  const { user, timeMs, filmStart, filmEnd, minute, rating } = line;
  const film = text.slice(filmStart, filmEnd);
  const value = kind === WATCH ? minute : kind === RATE ? rating : NaN;
  return JSON.stringify([kind, user, Math.floor(timeMs / 1000), film, value]);
}

/** `whole` without what was lost, and with what is believed instead. */
export function withoutLost(whole: Log, damaged: readonly Damaged[]): Log {
  const changed = new Map(damaged.filter(({ fate }) => fate !== 'undone').map((one) => [one.original, one]));
  return whole.map((lines) =>
    lines.flatMap((line) => {
      const one = changed.get(line);
      if (one === undefined) return line;
      changed.delete(line);
      return one.fate === 'lost' ? [] : one.text;
    }),
  );
}

/** Lines of text: each kind of fault, how often, and what became of it. */
export function damageTable(faults: readonly Fault[], damaged: readonly Damaged[]): string {
  const kinds = [...new Set(faults.map(({ fault }) => fault))].sort();
  const rows = kinds.map((kind) => {
    const ofKind = damaged.filter((one) => one.kind === kind);
    const count = (fate: Fate): number => ofKind.filter((one) => one.fate === fate).length;
    const all = faults.filter(({ fault }) => fault === kind).length;
    return [kind, all, all - count('lost') - count('believed'), count('lost'), count('believed')];
  });
  return [['fault', 'lines', 'undone', 'lost', 'believed'], ...rows]
    .map((row) => row.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(9))).join(''))
    .join('\n');
}
