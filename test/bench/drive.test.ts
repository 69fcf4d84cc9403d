/** The driver that counts statuses, against a server whose answers are 200 only now and then. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { chooseDriver } from '../../bench/harness/drive.js';

const CONNECTIONS = 4;

test('every status but 200 is a failure, those below 400 too', async () => {
  const statuses = [200, 204, 302, 503];
  let asked = 0;
  const server = createServer((_, response) => {
    const status = statuses[asked++ % statuses.length]!;
    response.writeHead(status, status === 204 ? {} : { 'Content-Length': 0 }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const driven = await chooseDriver().driveCounting(`http://127.0.0.1:${port}`, CONNECTIONS, 1, 1);
    expect(driven.requests).toBeGreaterThan(100);
    const expected = (driven.requests * 3) / 4;
    // What is under way when the time is over is asked but not counted.
    expect(Math.abs(driven.failures - expected)).toBeLessThanOrEqual(2 * CONNECTIONS);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
