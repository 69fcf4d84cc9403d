/** Logs that a site really wrote, through a log directory into a state: what becomes of their lines, faulty ones above all. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { createApiClient } from '../../src/ingest/api-client.js';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import { createIngester, type IngestStatus } from '../../src/ingest/ingester.js';
import { openQuarantine, type Quarantine } from '../../src/ingest/quarantine.js';
import { openState, type State } from '../../src/store/state.js';
import {
  copyRealLogs,
  filmIn,
  knownFaults,
  putFilms,
  realFilms,
  realLines,
  startRealApi,
  TRUE_PARTITION,
  whyNoRealLog,
} from './real-log.js';

if (whyNoRealLog !== undefined) console.log(`skipped: real logs into a state (${whyNoRealLog})`);

describe.skipIf(whyNoRealLog !== undefined)('real logs', { timeout: 60_000 }, () => {
  let folder: string;
  let state: State;
  let quarantine: Quarantine;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'matinee-'));
    state = unwrap(openState(join(folder, 'state')));
    quarantine = unwrap(openQuarantine(join(folder, 'quarantine')));
    await copyRealLogs(join(folder, 'movielog'));
  });

  afterEach(async () => {
    await Promise.all([state.close(), quarantine.close()]);
    await rm(folder, { recursive: true });
  });

  async function ingest(filmApi?: string): Promise<IngestStatus> {
    const ingester = createIngester({
      ...{ state, quarantine, from: 'committed', untilEnd: true, zoneMs: 0, scale: undefined, seed: 1 },
      open: (options) => openDirectorySource(join(folder, 'movielog'), options),
      filmApi:
        filmApi === undefined ? undefined : createApiClient({ kind: 'film', url: filmApi, rate: 500, timeoutMs: 5000 }),
      userApi: undefined,
      onStatus: () => undefined,
    });
    return unwrap(await ingester.run());
  }

  const rejectedOffsets = (): number[] =>
    quarantine
      .list({ limit: Infinity })
      .filter(({ partition }) => partition === TRUE_PARTITION)
      .map(({ offset }) => offset)
      .sort((a, b) => a - b);

  const heldForFilms = () => [...state.held.all()].filter(({ reason }) => reason === 'film-unknown');

  const LINES = [0, 1].map((partition) => (whyNoRealLog === undefined ? realLines(partition) : []));
  const lines = LINES.flat().length;
  const faults = whyNoRealLog === undefined ? knownFaults() : [];
  const named = LINES.flat().filter((line) => filmIn(line) !== undefined).length;
  const answered = (status: number): number =>
    LINES.flat().filter((line) => line.includes(`, status ${status},`)).length;

  test('without the catalogue and film API every film is unknown; our own answers are counted and are no history', async () => {
    const { lines: report } = await ingest();
    expect(faults).toHaveLength(24);
    const broken = faults.filter(({ kind }) => kind === 'syntax').map(({ offset }) => offset);
    expect(rejectedOffsets()).toEqual(broken);
    const rejected = Object.values(report.rejected).reduce((sum, count) => sum + count, 0);
    expect(report).toMatchObject({
      lines,
      accepted: { watch: 0, rate: 0, create: 0 },
      held: { 'film-unknown': lines - rejected - report.accepted.recommendation },
    });
    expect(rejected).toBe(broken.length);
    expect([report.accepted.recommendation, answered(200), answered(400)]).toEqual([567, 197, 370]);
    expect([state.lines.get('observed 200'), state.lines.get('observed 400')]).toEqual([197, 370]);
    // Those of October are older than a week.
    expect([state.histories.count(), state.requests.count()]).toEqual([0, 197]);
  });

  test('with the catalogue, faulty lines are rejected or held, and what it does not list stays held', async () => {
    const films = realFilms();
    putFilms(state, films);
    const { lines: report } = await ingest();
    const held = [...state.held.all()].filter(({ partition }) => partition === TRUE_PARTITION);
    const uncounted = new Set([...rejectedOffsets(), ...held.map(({ offset }) => offset)]);
    expect(faults.filter(({ offset }) => !uncounted.has(offset))).toEqual([]);

    const unlisted = [0, 1].flatMap((partition) =>
      LINES[partition]!.flatMap((line, offset) => {
        const film = filmIn(line);
        return film === undefined || films.has(film) ? [] : [`${partition}:${offset}`];
      }),
    );
    const refused = new Set(rejectedOffsets().map((offset) => `${TRUE_PARTITION}:${offset}`));
    const waiting = heldForFilms().map(({ partition, offset }) => `${partition}:${offset}`);
    expect(waiting).toEqual(unlisted.filter((line) => !refused.has(line)));
    expect(report.held['film-unknown']).toBe(waiting.length);
    expect(waiting.length).toBeGreaterThan(9);
    expect(report.lines).toBe(lines);
    expect(report.accepted.watch).toBeGreaterThan(0.9 * named);
  });

  test('when the film API knows every film but the faulty ones, exactly the faulty lines are rejected', async () => {
    putFilms(state, realFilms());
    await ingest();
    const waited = heldForFilms().length;
    const api = await startRealApi();
    try {
      const { lines: report } = await ingest(api.url);
      expect(rejectedOffsets()).toEqual(faults.map(({ offset }) => offset));
      expect(heldForFilms()).toEqual([]);
      expect([report.lines, report.held['film-unknown'], report.rejected]).toEqual([
        0,
        -waited,
        { 'film-not-found': 10 },
      ]);
    } finally {
      await api.close();
    }
  });
});
