/** How many lines of the log one thread parses in a second. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { type Random, random } from '../../src/core/random.js';
import { LogLine, RATE, RECOMMENDATION, WATCH } from '../../src/world/log-line.js';
import { byForm } from '../harness/form.js';
import { median, spreadOf } from '../harness/measure.js';

export interface ParseRate {
  /** `real` where the site's own logs are at hand, else lines made with their shapes and shares. */
  readonly lines: 'real' | 'made';
  /** Lines a second: median of the rounds. */
  readonly rate: number;
  readonly rounds: readonly number[];
  readonly spread: number;
}

const ROUNDS = byForm({ short: 3, usual: 9 });
const WARM_UP = 2;
const LINES_A_ROUND = byForm({ short: 200_000, usual: 2_000_000 });

const logs = join(process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data'), 'movielog');
const realLogs = ['2022-10-07.log', '2022-11-14-first-half.log'].map((name) => join(logs, name));

export function measureParse(): ParseRate {
  const real = realLogs.every((path) => existsSync(path));
  const bytes = real ? Buffer.concat(realLogs.map((path) => readFileSync(path))) : madeLines(60_000);
  const { starts, ends } = lineRanges(bytes);
  const passes = Math.ceil(LINES_A_ROUND / starts.length);
  const line = new LogLine();
  const rounds: number[] = [];
  let expected: number | undefined;
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const from = performance.now();
    let sum = 0;
    for (let pass = 0; pass < passes; pass++) sum += parseAll(line, bytes, starts, ends);
    const seconds = (performance.now() - from) / 1000;
    expected ??= sum;
    if (sum !== expected) throw new Error(`the same lines were read as ${expected}, then as ${sum}`);
    if (round >= 0) rounds.push((passes * starts.length) / seconds);
  }
  return { lines: real ? 'real' : 'made', rate: median(rounds), rounds, spread: spreadOf(rounds) };
}

/** A sum of every field that a line has, so that none can be left unread. */
function parseAll(line: LogLine, bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < starts.length; i++) {
    const kind = line.parse(bytes, starts[i]!, ends[i]!);
    sum += kind;
    if (kind > 0) sum += (line.timeMs % 1_000_003) + line.user;
    if (kind === WATCH) sum += line.minute + line.filmEnd - line.filmStart;
    else if (kind === RATE) sum += line.rating + line.filmEnd - line.filmStart;
    else if (kind === RECOMMENDATION) sum += line.status + line.latencyMs + line.listEnd - line.listStart;
  }
  return sum;
}

function lineRanges(bytes: Uint8Array): { starts: Uint32Array; ends: Uint32Array } {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let start = 0, end; (end = bytes.indexOf(0x0a, start)) >= 0; start = end + 1) {
    starts.push(start);
    ends.push(end);
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** Per 10,000 lines: 62 ratings, 80 requests, 3 accounts, 7 broken lines, the rest minutes watched. */
function madeLines(count: number): Uint8Array {
  const draw = random(20221007);
  return Buffer.from(Array.from({ length: count }, (_, i) => `${madeLine(draw, i)}\n`).join(''));
}

function madeLine({ integer }: Random, index: number): string {
  const iso = new Date(Date.UTC(2022, 9, 7, 14) + index * 2).toISOString();
  const time = iso.slice(0, index % 50 === 0 ? 23 : 19);
  const head = `${time},${integer(700_000)}`;
  const film = (): string => `${'a+film+with+a+name+of+some+length'.slice(0, 4 + integer(30))}+${1920 + integer(100)}`;
  const share = integer(10_000);
  if (share < 62) return `${head},GET /rate/${film()}=${1 + integer(5)}`;
  if (share < 102) return `${head},recommendation request films:8082, status 400, result: no ["${film()}", 26 ms`;
  if (share < 142) {
    const list = Array.from({ length: 20 }, film).join(', ');
    return `${head},recommendation request films:8082, status 200, result: ${list}, ${integer(99)} ms`;
  }
  if (share < 145) return `${head},GET /create_account`;
  return `${head},GET /data/m/${film()}/${integer(130)}.${share < 152 ? 'H' : ''}mpg`;
}
