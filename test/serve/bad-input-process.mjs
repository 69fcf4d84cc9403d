/** The public side in a process of its own, so that a test can watch what it holds and prints; argv[2] is the transport. */

import { Buffer } from 'node:buffer';
import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers';
import { assign } from '../../dist/src/serve/assign.js';
import { createLadder } from '../../dist/src/serve/ladder.js';
import { listen } from '../../dist/src/serve/listen.js';
import { createRecommend } from '../../dist/src/serve/recommend.js';
import { createRoutes } from '../../dist/src/serve/routes.js';

const resident = { version: 'test', overlay: 0 };
const residents = { get: () => resident };
const submit = (_, request) =>
  setImmediate(() => request.answered('personal', Buffer.from(`film+of+${request.user}`), resident));
const ladder = createLadder();
ladder.setPopular(['popular+1', 'popular+2']);
const routes = createRoutes(createRecommend({ engine: { submit, residents }, assign, ladder }), () => ({
  ready: true,
}));
const { value: server } = await listen(process.argv[2], '127.0.0.1', 0, routes);

process.on('message', async (message) => {
  if (message === 'close') {
    await server.close();
    process.disconnect();
    return;
  }
  globalThis.gc();
  process.send({ ...process.memoryUsage(), descriptors: readdirSync('/dev/fd').length });
});
process.send({ port: server.port });
