/** The least a service can do: a bare native server that answers everything with one fixed body of argv[2] bytes. */

import { unwrap } from '../../src/core/errors.js';
import { listen } from '../../src/serve/listen.js';

const body = Buffer.alloc(Number(process.argv[2]), 'x');

const listening = unwrap(
  await listen('auto', '127.0.0.1', 0, (_method, _path, exchange) => {
    exchange.send({ status: 200, contentType: 'text/plain', headers: [], body });
  }),
);
process.stdout.write(`listening on port ${listening.port} (${listening.transport})\n`);
