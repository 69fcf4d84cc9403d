/** What a simulated world remembers between two runs. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { recall, remember } from '../../src/app/world-memory.js';
import { unwrap } from '../../src/core/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const memory = { seed: 7, runs: 2, timeMs: 1_700_000_000_000, registered: 2_000, guests: [] };

test('a world goes on from what it remembered, and one that never was begins', () => {
  const path = join(folder, 'world.json');
  expect(unwrap(recall(path, 7))).toBeUndefined();
  remember(path, memory);
  expect(unwrap(recall(path, 7))).toEqual(memory);
});

test('a world of another seed is refused, with the way on', () => {
  const path = join(folder, 'other.json');
  remember(path, memory);
  const refused = recall(path, 8);
  expect(!refused.ok && refused.error).toMatchObject({
    code: 'usage',
    message: `${path} is of a world of seed 7, not 8`,
    hint: 'Go on with --seed 7, or begin another world with another --data-dir.',
  });
});

test.each(['', '{"seed":7', '[]', '{"seed":7,"runs":-1,"timeMs":0,"registered":1}'])('%j is no memory', (text) => {
  const path = join(folder, 'rubbish.json');
  writeFileSync(path, text);
  const refused = recall(path, 7);
  expect(!refused.ok && refused.error.code).toBe('format-invalid');
});
