/** The reference of scenarios is what the source gives, and what it shows can be run. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { kinds } from '../../src/sim/scenario/kinds.js';
import { parseScenario } from '../../src/sim/scenario/scenario.js';
import { exampleOf, SCENARIOS, scenarioReference } from './scenarios.js';
import { REGENERATE } from './reason-codes.js';

test('the reference of scenarios is up to date', async () => {
  const stale = `${SCENARIOS} is not what the source gives: ${REGENERATE}`;
  await expect(await scenarioReference(), stale).toMatchFileSnapshot(join(packageRoot, SCENARIOS));
});

test('every fault and attack has a sentence, and an example that is read', async () => {
  const reference = await scenarioReference();
  for (const kind of kinds.values()) {
    expect(reference).toContain(`### ${kind.name}\n\n${kind.summary}`);
    expect(kind.summary).toMatch(/^[A-Z].+\.$/);
    const file = { name: 'example', description: 'An example.', acts: [exampleOf(kind)] };
    expect(parseScenario(JSON.stringify(file), kind.name)).toMatchObject({ ok: true });
  }
});

test('the file that it shows is a scenario', async () => {
  const file = /## The file[^]*?```json\n([^]*?)```/.exec(await scenarioReference())![1]!;
  expect(parseScenario(file, 'the example')).toMatchObject({ ok: true });
});
