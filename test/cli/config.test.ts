import { expect, test } from 'vitest';
import { addConfig } from '../../src/cli/config.js';
import { runCommand } from './run.js';

test('config show prints each setting with value and source', async () => {
  const { code, stdout } = await runCommand([addConfig], ['config', 'show', '--port', '9000']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^port +9000 +--port$/m);
  expect(stdout).toMatch(/^deadline +250ms +default$/m);
});

test('config show --json is a list of key, value, source', async () => {
  const { stdout } = await runCommand([addConfig], ['config', 'show', '--json'], { env: { MATINEE_SEED: '7' } });
  expect(JSON.parse(stdout)).toContainEqual({ key: 'seed', value: '7', source: 'MATINEE_SEED' });
});

test('config check passes the defaults and fails what is wrong', async () => {
  expect(await runCommand([addConfig], ['config', 'check'])).toMatchObject({ code: 0, stderr: '' });
  expect((await runCommand([addConfig], ['config', 'check', '--json'])).stdout).toBe('{\n  "ok": true\n}\n');
  const { code, stderr } = await runCommand([addConfig], ['config', 'check', '--workers', '0']);
  expect(code).toBe(1);
  expect(stderr).toContain('workers is "0" (from --workers): must be a whole number from 1 to 64');
});
