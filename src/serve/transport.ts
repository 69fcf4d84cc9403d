/** What the routes need of an HTTP server, and what every server must keep (test/serve/transport.contract.ts). */

import { fail, type Result } from '../core/errors.js';

export type TransportName = 'uws' | 'node';

export interface Reply {
  readonly status: 200 | 404 | 405 | 503;
  readonly contentType: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** A few kilobytes at most. May lie in shared memory: it is copied or sent before `send` returns. */
  readonly body: Uint8Array | string;
}

/** One request that waits for its reply. */
export interface Exchange {
  /** Sends the reply, now or in a later turn, once. Does nothing when the client has gone. HEAD gets the head alone. */
  send(reply: Reply): void;
}

/** `path` is the raw request target up to the first `?`. */
export type Handler = (method: string, path: string, exchange: Exchange) => void;

export interface Listening {
  readonly transport: TransportName;
  readonly port: number;
  /** New connections are refused; open ones end with their next reply. */
  stopAccepting(): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Errors: address-in-use, transport-unavailable. */
export type Listen = (host: string, port: number, handler: Handler) => Promise<Result<Listening>>;

/** Shared by a server and its exchanges. */
export interface ServerLife {
  /** False once the server is to end: replies then end their connections, or a busy client would hold it open. */
  accepting: boolean;
}

/** `cause` where the server tells one. */
export const cannotListen = (host: string, port: number, cause?: Error): Result<never> =>
  fail('address-in-use', `cannot listen on ${host}:${port}${cause === undefined ? '' : `: ${cause.message}`}`, {
    hint: 'Another process listens there, or the address is not of this machine: choose with --host and --port.',
    fields: { host, port },
    cause,
  });

/** Request heads beyond this are refused, by every transport: film sites ask with short ones. */
export const HEAD_BYTES_MAX = 32_768;
/** A connection that sends nothing, or sends too slowly, is closed after this. */
export const IDLE_SECONDS = 10;

export const STATUS_LINE: Readonly<Record<Reply['status'], string>> = {
  200: '200 OK',
  404: '404 Not Found',
  405: '405 Method Not Allowed',
  503: '503 Service Unavailable',
};
