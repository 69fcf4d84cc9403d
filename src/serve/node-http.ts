/** The portable transport: node:http, for machines on which no native one loads. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fail, succeed } from '../core/errors.js';
import { HEAD_BYTES_MAX, IDLE_SECONDS, type Exchange, type Listen, type Reply } from './transport.js';

class NodeExchange implements Exchange {
  readonly #response: ServerResponse;
  readonly #head: boolean;

  constructor(response: ServerResponse, head: boolean) {
    this.#response = response;
    this.#head = head;
  }

  send({ status, contentType, headers, body }: Reply): void {
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    const all = ['Content-Type', contentType, 'Content-Length', String(Buffer.byteLength(body)), ...headers];
    response.writeHead(status, all);
    // A view of shared memory may change before the socket takes it.
    response.end(this.#head ? undefined : typeof body === 'string' ? body : Buffer.from(body));
  }
}

export const listenNode: Listen = (host, port, handler) => {
  const idle = IDLE_SECONDS * 1000;
  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES_MAX,
      headersTimeout: idle,
      requestTimeout: idle,
      keepAliveTimeout: idle,
      connectionsCheckingInterval: 1000,
    },
    (request: IncomingMessage, response: ServerResponse) => {
      // Nothing we answer needs a body; one that comes is drained, so that the connection can go on.
      request.resume();
      const method = request.method!;
      const target = request.url!;
      const query = target.indexOf('?');
      handler(method, query < 0 ? target : target.slice(0, query), new NodeExchange(response, method === 'HEAD'));
    },
  );
  server.setTimeout(idle, (socket: Socket) => socket.destroy());
  server.on('clientError', refuse);

  return new Promise((resolve) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      resolve(
        fail('address-in-use', `cannot listen on ${host}:${port}: ${cause.message}`, {
          hint: 'Another process listens there, or the address is not of this machine: choose with --host and --port.',
          fields: { host, port },
          cause,
        }),
      );
    });
    server.listen(port, host, () => {
      resolve(
        succeed({
          transport: 'node',
          port: (server.address() as AddressInfo).port,
          stopAccepting: () => server.close(),
          close: () => close(server),
        }),
      );
    });
  });
};

/** What is not HTTP gets a last word, then the connection ends. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
