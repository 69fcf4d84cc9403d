/** Sources of the operators' server with made-up films: user 42 has a history, user 7 has none, user 500 meets a dead worker. */

import { fail, succeed } from '../../src/core/errors.js';
import type { ExplainedAnswer } from '../../src/serve/admin-answers.js';
import type { AdminSources } from '../../src/serve/admin-sources.js';

const heat = { id: 'heat+1995', title: 'Heat', year: 1995 };
const alien = { id: 'alien+1979', title: 'Alien', year: 1979 };
const untitled = { id: 'plynimurikauppiaat+', title: 'Plynimurikauppiaat', year: null };

const personal: ExplainedAnswer = {
  user: 42,
  tier: 'personal',
  model: 'ials-20261121t101500-0a1b2c3d',
  overlay: 0,
  arm: 'control',
  items: [
    {
      ...alien,
      genres: ['Horror', 'Science Fiction'],
      score: 0.91,
      reasons: [{ kind: 'watched', id: heat.id, title: heat.title, contribution: 0.5 }],
    },
    { ...untitled, genres: [], score: 0.4, reasons: [] },
  ],
  history: [
    { ...heat, rating: 4.5, minutes: 170, lastMs: Date.UTC(2026, 10, 1) },
    { ...untitled, rating: null, minutes: null, lastMs: 0 },
  ],
  historyCount: 312,
};

const popular: ExplainedAnswer = {
  ...{ user: 7, tier: 'popular', model: personal.model, overlay: 0, arm: 'control', history: [], historyCount: 0 },
  items: [{ ...heat, genres: ['Crime'], score: null, reasons: [] }],
};

export function madeUpSources(changes: Partial<AdminSources> = {}): AdminSources {
  return {
    version: () => ({
      ...{ version: '1.2.3', commit: 'abc1234', node: process.version, transport: 'node' },
      ...{ kernel: '0123456789ab', model: personal.model },
    }),
    readiness: () => ({ ready: true, checks: [{ name: 'model', ok: true, detail: 'loaded' }] }),
    explain: (user) => {
      const died = fail('worker-died', 'the worker ended while it explained user 500', { hint: 'Ask again.' });
      return Promise.resolve(user === 500 ? died : succeed(user === 42 ? personal : { ...popular, user }));
    },
    live: () => ({
      uptimeSeconds: 3725,
      requests: Array.from({ length: 60 }, (_, second) => second),
      ...{ p50Ms: 1.2, p99Ms: 8.4, tiers: { personal: 0.75, cold: 0, popular: 0.25, static: 0 } },
      log: {
        ...{ newestMs: Date.UTC(2026, 10, 21, 10, 15), linesPerSecond: 512.5, lag: 40 },
        hour: { requests: 3600, byStatus: { 200: 3591, 0: 9 }, availability: 0.9975 },
        day: { requests: 0, byStatus: {}, availability: null },
        ...{ personalShare: 0.62, watchedAfterShare: null },
      },
    }),
    metrics: () => Promise.resolve('matinee_build_info 1\n'),
    exampleUsers: (limit) => [42, 7, 500].slice(0, limit),
    ...changes,
  };
}
