/** Two clients for the tests of the public side: a polite one (node:http), and a bare socket that says whatever it is told. */

import { request, type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export const HOST = '127.0.0.1';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Question {
  readonly method?: string;
  readonly agent?: Agent;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export function ask(port: number, path: string, question: Question = {}): Promise<Answer> {
  const { body, ...options } = question;
  return new Promise((resolve, reject) => {
    const asked = request({ host: HOST, port, path, agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export interface Peer {
  readonly socket: Socket;
  /** What the server sent so far, a character a byte. */
  received(): string;
  /** Status codes in it, in order. */
  statuses(): number[];
  /** Whether the server has ended the connection, in whatever way. */
  closed(): boolean;
  /** Resolves as soon as the condition holds; rejects when it does not within `ms`. */
  until(condition: (peer: Peer) => boolean, ms?: number): Promise<void>;
}

/** Resolves when connected, with the first bytes sent; rejects when refused. */
export function converse(port: number, first: string | Buffer = ''): Promise<Peer> {
  const socket = connect({ host: HOST, port });
  let received = '';
  let closed = false;
  const peer: Peer = {
    socket,
    received: () => received,
    statuses: () => [...received.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map((match) => Number(match[1])),
    closed: () => closed,
    until: (condition, ms = 2000) =>
      new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          settle(new Error(`not within ${ms} ms: ${String(condition)}; received ${JSON.stringify(received)}`));
        }, ms);
        const check = (): void => {
          if (condition(peer)) settle();
        };
        function settle(error?: Error): void {
          clearTimeout(giveUp);
          socket.off('data', check).off('close', check).off('end', check);
          if (error === undefined) resolve();
          else reject(error);
        }
        socket.on('data', check).on('close', check).on('end', check);
        check();
      }),
  };
  socket.setEncoding('latin1').on('data', (text: string) => (received += text));
  const end = (): void => {
    closed = true;
  };
  socket.on('end', end).on('close', end);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      // From here on an error only means that the server has ended the connection.
      socket.off('error', reject).on('error', end);
      if (first.length > 0) socket.write(first);
      resolve(peer);
    });
  });
}

/** A request head as a bare socket sends it. */
export const head = (line: string, ...headers: readonly string[]): string =>
  [`${line} HTTP/1.1`, 'Host: test', ...headers, '', ''].join('\r\n');

/** A port that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
