/** The report says what the result files say: verdicts, what is left out, and how rows stand to the baseline. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figureRow, type Figure } from '../../bench/harness/rows.js';
import { acceptedOf, baselineOf, changeOf, keyOf } from '../../bench/report/baseline.js';
import type { Results } from '../../bench/report/files.js';
import { renderReport } from '../../bench/report/render.js';

const row = (figure: Partial<Figure>) => figureRow({ name: 'scan', unit: 'µs', ours: [10, 11, 12], ...figure });

const results = (...rows: Results['rows']): Results[] => [
  { bench: 'kernel', date: '2026-01-02T03:04:05.678Z', loadAverage: 0.5, leftOut: [], rows },
];

test('failed rows are named at the top with figure and bar, and counted', () => {
  const text = renderReport(
    results(row({ peer: [22], bar: 0.4 }), row({ name: 'rate', unit: 'requests/s', bar: 9, better: 'higher' })),
    {},
  );
  expect(text).toContain('Of 2 rows with a bar, 1 pass and 1 do not:');
  expect(text).toContain("- kernel: scan: 0.500 × the peer's µs, bar ≤ 0.4");
  expect(text).toMatch(/\| rate +\| requests\/s +\| 11 .*\| ≥ 9 +\| pass/);
});

test('machine, versions, load average, date and spread are there', () => {
  const text = renderReport(results(row({ versions: { faiss: '1.2' } })), {});
  expect(text).toContain('2026-01-02 03:04 UTC; ');
  expect(text).toContain(`node ${process.versions.node}, faiss 1.2; load average before: 0.5.`);
  expect(text).toContain('| 18 % of 3 |');
});

test('what was left out is named, and what the baseline had and the run has not', () => {
  const [run] = results(row({}));
  const text = renderReport([{ ...run!, leftOut: ['faiss: no python3'] }], baselineOf(results(row({ name: 'gone' }))));
  expect(text).toContain('Left out: faiss: no python3.');
  expect(text).toContain('In the baseline, but not in this run: gone [µs].');
});

test('a table keeps its columns whatever a name holds', () => {
  const lines = renderReport(results(row({ name: 'a | b' }), row({})), {}).split('\n');
  const columns = lines.filter((line) => line.startsWith('|')).map((line) => line.split(/(?<!\\)\|/).length);
  expect(new Set(columns)).toEqual(new Set([11]));
});

test('the same results are noise against themselves', () => {
  const [run] = results(row({}), row({ name: 'ratio', peer: [20, 21] }));
  const text = renderReport([run!], baselineOf([run!]));
  expect(text.match(/\| 0 %, noise/g)).toHaveLength(2);
});

test('a change beyond the joint spread is better or worse, within it noise; the other way round it is the opposite', () => {
  const near = fc.array(fc.double({ min: 95, max: 105, noNaN: true }), { minLength: 3, maxLength: 9 });
  fc.assert(
    fc.property(
      near,
      near,
      fc.constantFrom(0.25, 1, 4),
      fc.constantFrom('lower', 'higher'),
      (then, now, factor, better) => {
        fc.pre(new Set(then).size > 1 && new Set(now).size > 1);
        const before = row({ ours: then, better });
        const after = row({ ours: now.map((value) => value * factor), better });
        const expected = factor === 1 ? 'noise' : factor < 1 === (better === 'lower') ? 'better' : 'worse';
        const { verdict } = changeOf(after, acceptedOf(before))!;
        // Two medians that differ by more than both sides vary are a change, even when nobody made one.
        if (factor !== 1 || Math.abs(after.ours / before.ours - 1) < before.spread) expect(verdict).toBe(expected);
      },
    ),
  );
});

test('figures of another machine are compared by their ratios only, and single rounds are not judged', () => {
  const alone = acceptedOf(row({}));
  expect(changeOf(row({}), { ...alone, machine: 'another' })).toBeUndefined();
  const ratio = acceptedOf(row({ peer: [20, 22] }));
  expect(changeOf(row({ peer: [20, 22] }), { ...ratio, machine: 'another' })).toMatchObject({ verdict: 'noise' });
  expect(changeOf(row({ peer: [20, 22] }), alone)).toBeUndefined();
  expect(changeOf(row({ ours: [30] }), alone)).toMatchObject({ verdict: 'unknown' });
});

test('a zero has no relative change', () => {
  const failures = row({ name: 'failures', ours: [0] });
  const accepted = { kernel: { [keyOf(failures)]: acceptedOf(failures) } };
  expect(renderReport(results(failures), accepted)).toContain('| 0 as before');
  expect(renderReport(results({ ...failures, ours: 3 }), accepted)).toContain('| was 0');
});
