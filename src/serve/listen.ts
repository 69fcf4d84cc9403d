/** Chooses the transport: the native one where it loads, otherwise node:http. */

import type { Result } from '../core/errors.js';
import { listenNode } from './node-http.js';
import type { Handler, Listening } from './transport.js';
import { listenUws } from './uws.js';

/** `auto` falls back to node:http only when no native build loads: a taken port is an error with both. */
export async function listen(
  transport: 'auto' | 'uws' | 'node',
  host: string,
  port: number,
  handler: Handler,
): Promise<Result<Listening>> {
  if (transport === 'node') return listenNode(host, port, handler);
  const native = await listenUws(host, port, handler);
  if (native.ok || transport === 'uws' || native.error.code !== 'transport-unavailable') return native;
  return listenNode(host, port, handler);
}
