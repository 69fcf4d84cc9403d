/** Finds a native build of uWebSockets.js that loads on this machine; its silent JavaScript stand-in never counts as one. */

import { createRequire } from 'node:module';
import type * as uws from 'uWebSockets.js';
import { fail, succeed, type Result } from '../core/errors.js';
import { HEAD_BYTES_MAX } from './transport.js';

/** The four-argument `listen` is there in every build; the type definitions forgot it. */
interface App extends Pick<uws.TemplatedApp, 'any' | 'close'> {
  listen(host: string, port: number, options: number, listening: (socket: ListenSocket) => void): this;
}
type ListenSocket = uws.us_listen_socket | false;

export interface Uws extends Pick<typeof uws, 'us_listen_socket_close' | 'us_socket_local_port'> {
  App(): App;
}

/** Without it two processes would share a port and each see half of the requests. */
export const EXCLUSIVE_PORT = 1;

/** Newest first: the first needs glibc ≥ 2.38, the second Node 20. */
const PACKAGES = ['uWebSockets.js', 'uWebSockets.js-compat'];
/** Every native build exports it; the JavaScript stand-in, which one of the packages falls back to, does not. */
const NATIVE_MARK = 'SSLApp';

/** Errors: transport-unavailable, with what each package said. */
export function loadNative(): Result<Uws> {
  // Read by the library when it is loaded, and never again.
  process.env.UWS_HTTP_MAX_HEADERS_SIZE = String(HEAD_BYTES_MAX);
  // A failing `await import()` would be caught here and still end the process.
  const require = createRequire(import.meta.url);
  const reasons: string[] = [];
  for (const name of PACKAGES) {
    try {
      const module = require(name) as Partial<Uws>;
      if (NATIVE_MARK in module) return succeed(module as Uws);
      reasons.push(`${name}: no native build for Node ${process.versions.node} here`);
    } catch (error) {
      reasons.push(`${name}: ${(error as Error).message.split('\n', 1)[0]!}`);
    }
  }
  return fail('transport-unavailable', `no native uWebSockets.js loads on this machine (${reasons.join('; ')})`, {
    hint: 'Use --transport auto or node, or a Node version and a C library that the packages have a build for (README).',
  });
}
