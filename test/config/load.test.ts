/** The configuration: precedence, sources, and refusals that name everything at once. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { flagOf, settingKeys, settings, variableOf } from '../../src/config/settings.js';
import { unwrap } from '../../src/core/errors.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

const writeFile = (content: unknown): void => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(cwd, 'matinee.config.json'), text);
};

const load = (flags: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = {}) => loadConfig({ flags, env, cwd });

const messageOf = (flags: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = {}): string => {
  const result = load(flags, env);
  if (result.ok) return expect.fail('the configuration was accepted');
  expect(result.error.code).toBe('config-invalid');
  return result.error.message;
};

test('defaults are valid and say so', () => {
  const { config, origins } = unwrap(load());
  expect(config).toMatchObject({
    host: '0.0.0.0',
    port: 8082,
    adminHost: '127.0.0.1',
    adminPort: 8083,
    deadlineMs: 250,
  });
  expect(config.dataDir).toBe(join(cwd, 'var'));
  expect(config.workers).toBeGreaterThanOrEqual(1);
  expect(origins.map(({ key }) => key)).toEqual(settingKeys);
  expect(new Set(origins.map(({ source }) => source))).toEqual(new Set(['default']));
});

test('flag > environment > file > default, each with its source', () => {
  writeFile({ port: 1, adminPort: 1, seed: 1, host: 'file' });
  const { config, origins } = unwrap(load({ port: '3' }, { MATINEE_PORT: '2', MATINEE_ADMIN_PORT: '2' }));
  expect(config).toMatchObject({ port: 3, adminPort: 2, seed: 1, host: 'file', transport: 'auto' });
  const sources = Object.fromEntries(origins.map(({ key, source }) => [key, source]));
  expect(sources).toMatchObject({
    port: '--port',
    adminPort: 'MATINEE_ADMIN_PORT',
    host: 'matinee.config.json',
    transport: 'default',
  });
});

test('every problem of every source is in one message', () => {
  writeFile({ wrokers: 2, seed: -1 });
  const message = messageOf({ deadline: 'soon' }, { MATINEE_ADMINPORT: '1', MATINEE_PORT: '65536' });
  expect(message).toContain('5 problems');
  expect(message).toContain('"wrokers" in matinee.config.json is not a setting: did you mean workers?');
  expect(message).toContain('MATINEE_ADMINPORT in the environment is not a setting: did you mean MATINEE_ADMIN_PORT?');
  expect(message).toContain('port is "65536" (from MATINEE_PORT): must be a whole number from 0 to 65535');
  expect(message).toContain('seed is -1 (from matinee.config.json): must be a whole number from 0 to 4294967295');
  expect(message).toContain('deadline is "soon" (from --deadline): must be a duration');
});

test.each([
  ['{', 'cannot be read'],
  ['[]', 'must hold one JSON object'],
  ['null', 'must hold one JSON object'],
  ['{"port": null}', 'port is null'],
  ['{"port": "80 82"}', 'port is "80 82"'],
  ['{"port": 80.5}', 'port is 80.5'],
  ['{"dataDir": ""}', 'dataDir is ""'],
  ['{"transport": "http"}', 'must be auto, uws or node'],
])('a file that holds %s is refused', (content, words) => {
  writeFile(content);
  expect(messageOf()).toContain(words);
});

test('empty variables count as unset, and the variables of the tests are nobody else’s business', () => {
  const env = { MATINEE_PORT: '', MATINEE_TEST_DATA: '/somewhere', MATINEE_PYTHON: 'python3', HOME: '/' };
  expect(unwrap(load({}, env)).config.port).toBe(8082);
});

test('absolute paths stay, relative ones start at the working folder', () => {
  const { config } = unwrap(load({ dataDir: '/data', modelsDir: 'a/../b' }));
  expect(config).toMatchObject({ dataDir: '/data', modelsDir: join(cwd, 'b') });
});

test('flags and variables are distinct names of the same keys', () => {
  expect(flagOf('adminHost')).toBe('--admin-host');
  expect(variableOf('adminHost')).toBe('MATINEE_ADMIN_HOST');
  expect(new Set(settingKeys.map(variableOf)).size).toBe(settingKeys.length);
});

const llm = {
  llmUrl: 'https://llm.example/v1',
  llmModel: 'tiny',
  llmInputUsd: '0.15',
  llmOutputUsd: 0,
  llmDailyUsd: '2',
};

test('no text in any setting makes it throw, and a refusal names the setting', () => {
  fc.assert(
    fc.property(fc.constantFrom(...settingKeys), fc.string(), (key, text) => {
      const result = load({ ...llm, [key]: text });
      if (result.ok) return;
      const words = text === '' && key in llm ? `without ${key}` : `must be ${settings[key].allowed}`;
      expect(result.error.message).toContain(words);
    }),
  );
});

test('a language model is given whole or not at all', () => {
  expect(unwrap(load()).config).toMatchObject({ llmUrl: undefined, llmTimeoutMs: 30_000 });
  const { config, origins } = unwrap(load(llm, { MATINEE_LLM_KEY: 'sk-1' }));
  expect(config).toMatchObject({ llmInputUsd: 0.15, llmOutputUsd: 0, llmDailyUsd: 2, llmKey: 'sk-1' });
  expect(JSON.stringify(origins)).not.toContain('sk-1');
  expect(messageOf({ llmUrl: llm.llmUrl, llmDailyUsd: '1' })).toBe(
    'configuration: a language model is given in part: without llmModel, llmInputUsd, llmOutputUsd ' +
      '(it needs all of llmUrl, llmModel, llmInputUsd, llmOutputUsd, llmDailyUsd)',
  );
  expect(messageOf({}, { MATINEE_LLM_KEY: 'sk-1' })).toContain('without llmUrl, llmModel');
  expect(unwrap(load({ llmTimeout: '2s' })).config.llmTimeoutMs).toBe(2000);
  for (const wrong of [
    ...[{ llmUrl: 'llm.example' }, { llmUrl: 'https://key@llm.example' }, { llmUrl: 'https://llm.example?key=1' }],
    ...[{ llmDailyUsd: '-1' }, { llmInputUsd: 'free' }, { llmOutputUsd: '1e9' }, { llmTimeout: '1ms' }],
  ]) {
    expect(messageOf({ ...llm, ...wrong })).toContain('must be');
  }
});
