/** The Python lines of docs/models.md, run as they stand: what they write is imported, and scores as numpy says. */

import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { importVersion } from '../../src/app/models.js';
import { unwrap } from '../../src/core/errors.js';
import { packageRoot } from '../../src/core/package.js';
import { openRegistry } from '../../src/registry/registry.js';

const python = process.env.MATINEE_PYTHON ?? 'python3';

function reasonToSkip(): string | undefined {
  try {
    execFileSync(python, ['-c', 'import numpy, safetensors'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return (error as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? String(error);
  }
}

const reason = reasonToSkip();
if (reason !== undefined) console.log(`skipped: ${python} cannot run the example of docs/models.md (${reason})`);

test.skipIf(reason !== undefined)('the example of docs/models.md makes a model that scores as numpy says', async () => {
  const document = await readFile(join(packageRoot, 'docs/models.md'), 'utf8');
  const example = /```python\n(.*?)```/s.exec(document)![1]!;
  const gram = 'import json; print(json.dumps((items.astype(np.float32) @ items.astype(np.float32).T).tolist()))';

  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const { stdout } = await promisify(execFile)(python, ['-c', `${example}\n${gram}`], { cwd: folder });
  const expected = JSON.parse(stdout) as number[][];

  const registry = unwrap(openRegistry(join(folder, 'models')));
  const { manifest, notes } = unwrap(await importVersion(registry, join(folder, 'model.safetensors'), 'test'));
  const model = unwrap(registry.load(manifest.id));
  await registry.close();
  await rm(folder, { recursive: true });

  expect(notes).toEqual([expect.stringContaining('principal axes')]);
  expect(manifest).toMatchObject({ kind: 'ials', items: 4, dimensions: 3, data: null, command: 'test' });
  expect(manifest.hyperparameters).toEqual({ alpha: 40, reg: 0.01, regScaling: 1 });
  expect(model.encoder).toEqual({ type: 'fold-in', alpha: 40, reg: 0.01, regScaling: 1 });
  expect(model.filmIds).toEqual(['toy+story+1995', 'jumanji+1995', 'heat+1995', 'casino+1995']);
  expect([...model.fallback]).toEqual([2, 0, 1, 3]);
  // Every score is a sum of such dot products, and turning the axes leaves them as they were.
  for (let a = 0; a < 4; a++) {
    for (let b = 0; b < 4; b++) {
      let dot = 0;
      for (let k = 0; k < 3; k++) dot += model.items[a * 3 + k]! * model.items[b * 3 + k]!;
      expect(dot).toBeCloseTo(expected[a]![b]!, 5);
    }
  }
});
