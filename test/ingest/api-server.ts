/** A look-up API on a free port whose answers a test writes as it goes. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiServer {
  readonly url: string;
  /** The ids of every request so far. */
  readonly asked: string[][];
  /** Paths as they came, undecoded. */
  readonly paths: string[];
  /** Requests in flight at once, at most. */
  inFlightMost(): number;
  close(): Promise<void>;
}

/** What to answer: JSON with status 200, or whatever the function writes itself when it returns nothing. */
export type Reply = (ids: readonly string[], response: ServerResponse, request: IncomingMessage) => unknown;

export async function startApi(reply: Reply): Promise<ApiServer> {
  const asked: string[][] = [];
  const paths: string[] = [];
  let [inFlight, inFlightMost] = [0, 0];
  const server = createServer((request, response) => {
    const path = request.url!;
    const ids = path.split('/').at(-1)!.split(',').map(decodeURIComponent);
    paths.push(path);
    asked.push(ids);
    inFlightMost = Math.max(inFlightMost, ++inFlight);
    response.on('close', () => inFlight--);
    const value = reply(ids, response, request);
    if (value !== undefined) response.end(JSON.stringify(value));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    paths,
    inFlightMost: () => inFlightMost,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The customer's own ways: an object for one id, a list for several, a message for nobody. */
export const recordsOf =
  (known: ReadonlyMap<string, object>, noun: string): Reply =>
  (ids, response) => {
    const records = ids.flatMap((id) => known.get(id) ?? []);
    if (records.length === 0) response.statusCode = 404;
    if (records.length === 0) return { message: `${noun} not found` };
    return ids.length === 1 ? records[0] : records;
  };
