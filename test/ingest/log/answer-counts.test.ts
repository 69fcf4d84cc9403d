import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswersByMinute, DAY_MINUTES, HOUR_MINUTES } from '../../../src/ingest/log/answer-counts.js';

const NEWEST = Date.UTC(2026, 0, 3, 12, 30, 59);
const MINUTE_MS = 60_000;

test('counts what a list of all answers counts, in any order', () => {
  const answer = fc.record({ ago: fc.nat(3000 * MINUTE_MS), status: fc.constantFrom(200, 200, 200, 0, 400, 503) });
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 200 }), (answers) => {
      const byMinute = new AnswersByMinute();
      for (const { ago, status } of answers) byMinute.add(NEWEST - ago, status);
      for (const minutes of [HOUR_MINUTES, DAY_MINUTES]) {
        const first = Math.floor(NEWEST / MINUTE_MS) - minutes + 1;
        const within = answers.filter(({ ago }) => Math.floor((NEWEST - ago) / MINUTE_MS) >= first);
        const { requests, byStatus, availability } = byMinute.over(minutes, NEWEST);
        expect(requests).toBe(within.length);
        for (const status of [200, 0, 400, 503]) {
          expect(byStatus[status] ?? 0).toBe(within.filter((one) => one.status === status).length);
        }
        const successes = within.filter(({ status }) => status === 200).length;
        expect(availability).toBe(within.length === 0 ? undefined : successes / within.length);
      }
    }),
  );
});
