/** Both transports keep the contract, and neither takes a port from the other. */

import { describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { listen } from '../../src/serve/listen.js';
import { listenNode } from '../../src/serve/node-http.js';
import type { Handler } from '../../src/serve/transport.js';
import { loadNative } from '../../src/serve/uws-native.js';
import { listenUws } from '../../src/serve/uws.js';
import { freePort, HOST } from './client.js';
import { transportContract } from './transport.contract.js';

const native = loadNative();
if (!native.ok) console.log(`not tested: the native transport, ${native.error.message}`);

describe.skipIf(!native.ok)('the native transport', () => {
  transportContract('uws', listenUws);
});

describe('the portable transport', () => {
  transportContract('node', listenNode);
});

describe.skipIf(!native.ok)('a port that is taken is an error', () => {
  const silent: Handler = () => undefined;
  test.each([
    ['uws', 'uws'],
    ['uws', 'node'],
    ['node', 'uws'],
    ['node', 'node'],
    ['node', 'auto'],
    ['uws', 'auto'],
  ] as const)('by %s, for %s', async (first, second) => {
    const port = await freePort();
    const server = unwrap(await listen(first, HOST, port, silent));
    const result = await listen(second, HOST, port, silent);
    expect(result).toMatchObject({ ok: false, error: { code: 'address-in-use', fields: { host: HOST, port } } });
    await server.close();
  });
});
