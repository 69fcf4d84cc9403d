/** The site's own watches: 1.3 films a user, in which popularity is all there is to learn, and forgetting what helps. */

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { packageRoot } from '../../src/core/package.js';
import { readInteractions } from '../../src/dataset/interactions.js';
import { replayOf } from '../../src/evaluate/replay/replay.js';
import { signalLine, signalOf } from '../../src/evaluate/signal/signal.js';
import { importFiles } from '../../src/ingest/import/import.js';
import { openState } from '../../src/store/state.js';

const data = process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data');
const file = join(data, 'interactions', 'watches.csv');

test.skipIf(!existsSync(file))(`real watches (skipped without ${file})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const state = unwrap(openState(folder));
  try {
    unwrap(await importFiles(state, { files: [file] }, () => undefined));
    const interactions = readInteractions(state);
    const signal = signalOf(interactions, 1);
    console.log(signalLine(signal));
    expect(signal.verdict).toBe('none');
    const replay = replayOf(interactions, 1)!;
    console.log(JSON.stringify(replay));
    expect(replay.difference.value).toBeGreaterThanOrEqual(0.005);
    expect(replay.difference.low).toBeGreaterThan(0);
  } finally {
    await state.close();
    await rm(folder, { recursive: true });
  }
});
