/** A copy made from a snapshot and continued from its offsets is the state that read the log from the beginning. */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addIngest } from '../../src/cli/ingest.js';
import { addSnapshot } from '../../src/cli/snapshot.js';
import { addState } from '../../src/cli/state.js';
import { startApiStandIn } from '../../src/sim/api/stand-in.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { writeLogDirectory } from '../../src/sim/log/log-directory.js';
import { runCommand } from '../cli/run.js';
import { smallWorld } from '../sim/small-world.js';

test('snapshot, restore, go on: the same canonical state', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const world = smallWorld();
  const api = await startApiStandIn(world);
  onTestFinished(() => api.close());
  const log = join(folder, 'movielog');
  const writer = createLineWriter(world, { seed: 3, startMs: Date.UTC(2026, 7, 27, 18), linesPerSecond: 10 });

  const run = async (place: string, ...args: string[]): Promise<string> => {
    const stopRequested = (): Promise<void> => new Promise(() => undefined);
    const all = [...args, '--data-dir', join(folder, place)];
    const { code, stdout, stderr } = await runCommand([addIngest, addSnapshot, addState], all, { stopRequested });
    expect(code, stderr).toBe(0);
    return stdout;
  };
  const ingest = (place: string): Promise<string> =>
    run(place, 'ingest', '--source', `dir:${log}`, '--until-end', '--film-api', api.url, '--user-api', api.url);
  const dump = (place: string): Promise<string> => run(place, 'state', 'dump', '--canonical');

  writeLogDirectory(log, writer, { lines: 6_000 });
  await ingest('first');
  await run('first', 'snapshot');
  const shelf = join(folder, 'first/snapshots');
  const [id] = await readdir(shelf);
  await run('copy', 'snapshot', 'restore', join(shelf, id!));
  expect(await dump('copy')).toBe(await dump('first'));

  writeLogDirectory(log, writer, { lines: 6_000 });
  await ingest('copy');
  await ingest('whole');
  const whole = await dump('whole');
  expect(await dump('copy')).toBe(whole);
  expect(await dump('first')).not.toBe(whole);
  expect(whole).toContain('"held"');
}, 60_000);
