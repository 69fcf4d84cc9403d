/** The native builds: exactly the files we tried, never a stand-in, and a clear word where none loads. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { built, packageRoot } from '../../src/core/package.js';
import { unwrap } from '../../src/core/errors.js';
import { listen } from '../../src/serve/listen.js';
import { loadNative } from '../../src/serve/uws-native.js';
import { HOST } from './client.js';

/** The packages are republished by third parties: these are the SHA-256 of the files we tested. 115, 127, 137: Node 20, 22, 24. */
const DIGESTS = {
  'uWebSockets.js/uws_linux_x64_115.node': '3c4cfd4f4673c591dbca82cdda94f7e0ad9bc298966c39a7bd259838c2b25d4f',
  'uWebSockets.js/uws_linux_x64_127.node': '0e0af5d0e486b67e25dd5c6686f8f05be4504629404d5c1972c808ab5d8e4cc2',
  'uWebSockets.js/uws_linux_x64_137.node': '9aa8b857ac4ab0bfb1245e948eeeacc904b13a3608c9a281d551c43c66bea66e',
  'uWebSockets.js-compat/binaries/uws_linux_x64_115.node':
    'f158fb441f7e2e37b3ab9a56782fe37f4c0d33b5cd32e96ee5c0120ce7db7ced',
};

test.each(Object.entries(DIGESTS))('%s is the file we know', (file, digest) => {
  const bytes = readFileSync(join(packageRoot, 'node_modules', file));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
});

test('the stand-in in JavaScript is not even loaded, and nothing is printed', () => {
  const script = `
    const { loadNative } = await import(${JSON.stringify(pathToFileURL(built('src/serve/uws-native.js')).href)});
    const native = loadNative();
    const { createRequire } = await import('node:module');
    const { cache } = createRequire(${JSON.stringify(join(packageRoot, 'package.json'))});
    const loaded = Object.keys(cache).filter((path) => path.includes('uWebSockets.js'));
    console.log(JSON.stringify({ exports: native.ok ? Object.keys(native.value) : [], loaded }));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, UWS_USE_FALLBACK: 'true' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { exports, loaded } = JSON.parse(printed) as Record<'exports' | 'loaded', string[]>;
  expect(loaded.filter((path) => !path.endsWith('.node'))).toEqual([]);
  expect(exports).toEqual(loadNative().ok ? expect.arrayContaining(['App', 'SSLApp', 'us_listen_socket_close']) : []);
});

describe('on a machine that no package has a build for', () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch')!;
  const moveToStrangeMachine = (): void => {
    Object.defineProperty(process, 'arch', { ...arch, value: 'pdp11' });
  };
  afterEach(() => {
    Object.defineProperty(process, 'arch', arch);
  });

  test('--transport uws says why, for each package', async () => {
    moveToStrangeMachine();
    const result = await listen('uws', HOST, 0, () => undefined);
    if (result.ok) return expect.unreachable('nothing should load');
    expect(result.error.code).toBe('transport-unavailable');
    expect(result.error.message).toMatch(/\(uWebSockets\.js: .*_pdp11_.*; uWebSockets\.js-compat: .*_pdp11_.*\)$/);
    expect(result.error.message).not.toContain('\n');
  });

  test('--transport auto takes node:http', async () => {
    moveToStrangeMachine();
    const server = unwrap(await listen('auto', HOST, 0, () => undefined));
    expect(server.transport).toBe('node');
    await server.close();
  });
});

test.skipIf(!loadNative().ok)('--transport auto takes the native one where it loads', async () => {
  const server = unwrap(await listen('auto', HOST, 0, () => undefined));
  expect(server.transport).toBe('uws');
  await server.close();
});
