/**
 * Finds a native build of uWebSockets.js that loads on this machine.
 *
 * The builds are loaded past the packages' own entries: one of those, where no build of its own loads, prints a warning and
 * hands out a JavaScript server that is slower than node:http.
 *
 * The builds differ in what they make of a long request head. The first package's refuses more than `HEAD_BYTES_MAX` with
 * 431. The second package's takes a head of any size that arrives at once, and closes the connection when one of more than
 * 4 kB arrives in pieces.
 */

import { createRequire } from 'node:module';
import type * as uws from 'uWebSockets.js';
import { fail, succeed, type Result } from '../core/errors.js';
import { HEAD_BYTES_MAX } from './transport.js';

/** The four-argument `listen` is there in every build; the type definitions forgot it. */
interface App extends Pick<uws.TemplatedApp, 'any' | 'close'> {
  listen(host: string, port: number, options: number, listening: (socket: ListenSocket) => void): this;
}
type ListenSocket = uws.us_listen_socket | false;

interface Uws extends Pick<typeof uws, 'us_listen_socket_close' | 'us_socket_local_port'> {
  App(): App;
}

/** Without it two processes would share a port and each see half of the requests. */
export const EXCLUSIVE_PORT = 1;

/** Newest first: the first needs glibc ≥ 2.38, the second Node 20. `builds` is the folder as its entry sees it. */
const PACKAGES = [
  { name: 'uWebSockets.js', builds: '.' },
  { name: 'uWebSockets.js-compat', builds: '../binaries' },
] as const;

/** Errors: transport-unavailable, with what each package said. */
export function loadNative(): Result<Uws> {
  // Read by the library when it is loaded, and never again.
  process.env.UWS_HTTP_MAX_HEADERS_SIZE = String(HEAD_BYTES_MAX);
  const build = `uws_${process.platform}_${process.arch}_${process.versions.modules}.node`;
  const { resolve } = createRequire(import.meta.url);
  const reasons: string[] = [];
  for (const { name, builds } of PACKAGES) {
    try {
      return succeed(createRequire(resolve(name))(`${builds}/${build}`) as Uws);
    } catch (error) {
      reasons.push(`${name}: ${(error as Error).message.split('\n', 1)[0]!}`);
    }
  }
  return fail('transport-unavailable', `no native uWebSockets.js loads on this machine (${reasons.join('; ')})`, {
    hint: 'Use --transport auto or node, or a Node version and a C library that the packages have a build for (README).',
  });
}
