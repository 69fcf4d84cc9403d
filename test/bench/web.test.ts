/** The web peers answer as the engine does, and leave no process behind. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { histories, trainedLike } from '../../bench/harness/matrix.js';
import { findPython } from '../../bench/harness/python.js';
import { writeCatalogue } from '../../bench/peers/catalogue.js';
import { startWebPeer, webPeers } from '../../bench/peers/web.js';
import { unwrap } from '../../src/core/errors.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { foldInModel } from '../engine/models.js';

const ITEMS = 3000;
const D = 32;
const python = findPython();
if (python === undefined) console.log('skipped: the peers are not installed, `npm run bench:peers` installs them');

const model = foldInModel(trainedLike(ITEMS, D, 1), D, { alpha: 4, reg: 0.75, regScaling: 0.5 });
const watched = [...histories(25, 20, ITEMS, 2), ...histories(25, 150, ITEMS, 3)];

/** Of users 1, 2, …, by the production kernels. */
function expectedAnswers(): string[] {
  const queries = watched.map((rows) => ({ rows, weights: new Float32Array(rows.length).fill(1), seen: rows }));
  const scored = unwrap(createLocalEngine(model)).topK(queries, 20);
  return scored.map(({ rows }) => Array.from(rows, (row) => model.filmIds[row]).join(','));
}

describe.skipIf(python === undefined)('web peers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  beforeAll(() => {
    writeCatalogue(folder, model, watched);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(webPeers)('$name answers as the engine does, and its CPU time counts', async (peer) => {
    const server = await startWebPeer(python!, peer, folder);
    try {
      const before = server.cpuMicroseconds();
      const answers: string[] = [];
      for (let user = 1; user <= watched.length; user++) {
        answers.push(await (await fetch(`${server.url}/recommend/${user}`)).text());
      }
      expect(answers).toEqual(expectedAnswers());
      expect(server.cpuMicroseconds()).toBeGreaterThan(before);
    } finally {
      await server.stop();
    }
    await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
  });
});
