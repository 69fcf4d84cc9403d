/** Rows: what of the rounds is told, and on which side of a bar they pass. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, spreadOf } from '../../bench/harness/measure.js';
import { describeRow, figureRow } from '../../bench/harness/rows.js';

const rounds = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 });

test('the median lies between the middle values, in any order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  fc.assert(
    fc.property(rounds, (values) => {
      const middle = median(values);
      const notAbove = values.filter((value) => value <= middle).length;
      const notBelow = values.filter((value) => value >= middle).length;
      expect(Math.min(notAbove, notBelow)).toBeGreaterThanOrEqual(values.length / 2);
      expect(median(values.toReversed())).toBe(middle);
    }),
  );
});

test('the spread is relative to the median, and zero of zeros', () => {
  expect(spreadOf([9, 10, 12])).toBeCloseTo(0.3);
  expect(spreadOf([0, 0, 0])).toBe(0);
});

test('with a peer the bar is for the ratio, without one for our own figure', () => {
  const figure = { name: 'n', unit: 'ms', ours: [4, 2, 3], bar: 2 };
  expect(figureRow(figure)).toMatchObject({ ours: 3, peer: null, ratio: null, pass: false, n: 3 });
  expect(figureRow({ ...figure, peer: [2, 2] })).toMatchObject({ ours: 3, peer: 2, ratio: 1.5, pass: true });
  expect(figureRow({ name: 'n', unit: 'ms', ours: [1] })).toMatchObject({ bar: null, pass: null, spread: 0 });
});

test('what meets a bar exactly passes on both sides of it; elsewhere just one side passes', () => {
  fc.assert(
    fc.property(rounds, fc.double({ min: 0.001, max: 1000, noNaN: true }), (ours, bar) => {
      const passes = (['lower', 'higher'] as const).map((better) =>
        figureRow({ name: 'n', unit: 'ms', ours, bar, better }),
      );
      const met = median(ours) === bar;
      expect(passes.filter(({ pass }) => pass === true)).toHaveLength(met ? 2 : 1);
    }),
  );
});

test('the unit of time changes neither ratio nor spread', () => {
  fc.assert(
    fc.property(rounds, rounds, fc.constantFrom(0.125, 2, 1024), (ours, peer, scale) => {
      const row = figureRow({ name: 'n', unit: 's', ours, peer });
      const scaled = figureRow({
        name: 'n',
        unit: 's',
        ours: ours.map((x) => x * scale),
        peer: peer.map((x) => x * scale),
      });
      expect([scaled.ratio, scaled.spread]).toEqual([row.ratio, row.spread]);
    }),
  );
});

test('the line says figure, peer, spread, verdict and note', () => {
  const wall = { ours: [2], peer: [5] };
  const row = figureRow({ name: 'scan', unit: 'µs', ours: [1, 1.1], peer: [4], bar: 0.2, wall, note: 'as asked' });
  expect(describeRow(row)).toBe(
    'scan: 1.05 µs (wall 2), peer 4 (wall 5), ratio 0.263, spread 10 %  FAIL (bar 0.2)  (as asked)',
  );
});
