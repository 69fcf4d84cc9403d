/** The portable transport: node:http, for machines on which no native one loads. */

import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { succeed } from '../core/errors.js';
import { cannotListen, HEAD_BYTES_MAX, IDLE_SECONDS } from './transport.js';
import type { Exchange, Handler, Listen, Reply, ServerLife } from './transport.js';

class NodeExchange implements Exchange {
  readonly #response: ServerResponse;
  readonly #life: ServerLife;

  constructor(response: ServerResponse, life: ServerLife) {
    this.#response = response;
    this.#life = life;
  }

  send({ status, contentType, headers, body }: Reply): void {
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    const length = String(Buffer.byteLength(body));
    if (!this.#life.accepting) response.shouldKeepAlive = false;
    response.writeHead(status, ['Content-Type', contentType, 'Content-Length', length, ...headers]);
    // A view of shared memory may change before the socket takes it. To HEAD node sends no body.
    response.end(typeof body === 'string' ? body : Buffer.from(body));
  }
}

export const listenNode: Listen = (host, port, handler) => {
  const life: ServerLife = { accepting: true };
  const server = createHttpServer(handler, life);
  return new Promise((resolve) => {
    // Stays after the start: a connection that cannot be accepted is not the end of the others.
    server.on('error', (cause) => {
      resolve(cannotListen(host, port, cause));
    });
    server.listen(port, host, () => {
      resolve(
        succeed({
          transport: 'node',
          port: (server.address() as AddressInfo).port,
          stopAccepting: () => {
            life.accepting = false;
            server.close();
          },
          close: () => close(server),
        }),
      );
    });
  });
};

function createHttpServer(handler: Handler, life: ServerLife): Server {
  const idle = IDLE_SECONDS * 1000;
  const server = createServer({
    maxHeaderSize: HEAD_BYTES_MAX,
    headersTimeout: idle,
    requestTimeout: idle,
    keepAliveTimeout: idle,
    connectionsCheckingInterval: 1000,
  });
  /** Connections that have asked something, and may have an answer under way. */
  const asked = new WeakSet<Socket>();

  function answer(request: IncomingMessage, response: ServerResponse): void {
    asked.add(request.socket);
    const path = request.url!.split('?', 1)[0]!;
    handler(request.method!, path, new NodeExchange(response, life));
  }

  function refuse(error: ParserError, socket: Socket): void {
    if (!socket.writable || asked.has(socket)) socket.destroy();
    else if (error.code !== 'HPE_INVALID_URL' || !answerRaw(error.rawPacket, socket)) lastWord(error.code, socket);
  }

  /** Node's parser refuses request targets with bytes beyond ASCII, but a wrong id gets its answer however it is wrong. */
  function answerRaw(packet: Buffer | undefined, socket: Socket): boolean {
    const line = /^([A-Z]+) (\/[^ \r\n]*) HTTP\/1\.1\r\n/.exec(packet?.toString('latin1') ?? '');
    if (line === null) return false;
    const request = new IncomingMessage(socket);
    request.method = line[1]!;
    request.url = line[2]!;
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => {
      socket.destroySoon();
    });
    answer(request, response);
    return true;
  }

  server.on('request', answer);
  // Whatever else a client expects of us, it gets its answer.
  server.on('checkExpectation', answer);
  server.on('clientError', refuse);
  // For the client that reads nothing. Node takes notice of it after once or twice this time.
  server.setTimeout(idle, (socket: Socket) => socket.destroy());
  return server;
}

/** What a parse error carries beside its message. */
interface ParserError extends NodeJS.ErrnoException {
  /** The bytes that were being parsed. */
  readonly rawPacket?: Buffer;
}

const LAST_WORDS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is not HTTP is told so, then the connection ends. */
function lastWord(code: string | undefined, socket: Socket): void {
  const status = LAST_WORDS[code ?? ''] ?? '400 Bad Request';
  socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
