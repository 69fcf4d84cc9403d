/** A log whose films and users nobody knows: the look-up APIs are asked for every one of them. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { built } from '../../src/core/package.js';
import type { State } from '../../src/store/state.js';
import { byForm } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';
import { inDataFolder } from './data-folder.js';
import { madeLog } from './log.js';
import { countsOf, inState, rateOf, runIngest } from './run.js';

const LINES = byForm({ short: 20_000, usual: 5_000_000, long: 20_000_000 });
/** Requests a second to each API, of up to 200 ids. */
const REQUESTS_PER_SECOND = 50;

export async function measureStrangers(): Promise<Row[]> {
  const log = await madeLog(LINES);
  const api = await startApis();
  try {
    return await inDataFolder(undefined, async (folder) => {
      const rate = ['--lookup-rate', String(REQUESTS_PER_SECOND)];
      const run = await runIngest(folder, log.source, '--film-api', api.url, '--user-api', api.url, ...rate);
      const known = await inState(folder, knownIn);
      const outcome = `held: ${countsOf(run.report.held)}; rejected: ${countsOf(run.report.rejected)}`;
      const note = `${log.lines} lines, each API asked ${REQUESTS_PER_SECOND} times a second; ${outcome}`;
      const row = (what: string, unit: string, value: number, bar?: number): Row =>
        figureRow({ name: `nothing known before: ${what}`, unit, ours: [value], bar });
      return [
        figureRow({
          ...{ name: 'nothing known before: log directory → committed state', unit: 'lines/s', better: 'higher', note },
          ours: [rateOf(run)],
        }),
        row('films found', 'films', known.films),
        row('users found', 'users', known.users),
        row('ids not answered for at the end', 'ids', known.asked, 0),
      ];
    });
  } finally {
    api.stop();
  }
}

const knownIn = ({ films, users, lookups }: State) => ({
  films: films.count(),
  users: users.count(),
  asked: lookups.count('film') + lookups.count('user'),
});

async function startApis(): Promise<{ readonly url: string; stop(): void }> {
  const child = fork(built('bench/ingest/apis.js'));
  const [url] = (await once(child, 'message')) as [string];
  return { url, stop: () => child.disconnect() };
}
