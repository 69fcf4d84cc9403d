/** The least a service can do: the bare native server, answering everything with one fixed body of argv[2] bytes. */

import { unwrap } from '../../src/core/errors.js';
import { loadNative } from '../../src/serve/uws-native.js';

const body = Buffer.alloc(Number(process.argv[2]), 'x');
const uws = unwrap(loadNative());

uws
  .App()
  .any('/*', (response) => {
    response.end(body);
  })
  .listen('127.0.0.1', 0, (socket) => {
    if (socket !== false) process.stdout.write(`listening on port ${uws.us_socket_local_port(socket)}\n`);
  });
