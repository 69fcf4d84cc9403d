/** The grammar against lines that the site really wrote, and the faults known to be in them. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { agree } from './log-line-agree.js';

const folder = join(process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data'), 'movielog');

/** The lines, without the empty string behind the last line end. */
const linesOf = (name: string): string[] => readFileSync(join(folder, name), 'latin1').split('\n').slice(0, -1);

/** Faults with line numbers from 1, and how many lines of each kind are without any. */
function judge(lines: readonly string[]) {
  const faults: { line: number; fault: string }[] = [];
  const kinds: Record<string, number> = {};
  for (const [i, line] of lines.entries()) {
    const parsed = agree(Buffer.from(line, 'latin1'));
    if (typeof parsed === 'string') faults.push({ line: i + 1, fault: parsed });
    else kinds[parsed.kind] = (kinds[parsed.kind] ?? 0) + 1;
  }
  return { faults, kinds };
}

describe.skipIf(!existsSync(folder))(`real logs (skipped without ${folder})`, () => {
  test('every line of October 2022 is one', () => {
    const lines = linesOf('2022-10-07.log');
    const { faults, kinds } = judge(lines);
    expect(faults).toEqual([]);
    expect(Object.values(kinds).reduce((sum, count) => sum + count)).toBe(lines.length);
    expect(Object.keys(kinds).sort()).toEqual(['rate', 'recommendation', 'watch']);
  });

  test('of November 2022 exactly the lines with a broken syntax are refused', () => {
    const truth = linesOf('2022-11-14-first-half.truth.tsv').slice(1);
    const broken = truth.map((row) => row.split('\t')).filter(([, fault]) => fault === 'syntax');
    expect(broken).toHaveLength(14);
    const { faults } = judge(linesOf('2022-11-14-first-half.log'));
    expect(faults.map(({ line }) => line)).toEqual(broken.map(([line]) => Number(line)));
  });

  test('the samples of 2026 are lines', () => {
    const lines = linesOf('2026-samples.txt').map((line) => line.replace(/^\d+: /, ''));
    expect(lines.length).toBeGreaterThan(0);
    expect(judge(lines).faults).toEqual([]);
  });
});
