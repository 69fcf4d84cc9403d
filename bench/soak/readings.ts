/** What a soak reads of a service between two stretches of load. */

import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { BenchServer } from '../harness/server.js';
import type { Heap, Order } from './protocol.js';

export interface Reading {
  /** Answered so far, in millions. */
  readonly requests: number;
  /** Bytes that no file backs, of all threads. */
  readonly anonymousBytes: number;
  /** Of the main thread, after its garbage was collected. */
  readonly heapBytes: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly personal: boolean;
  /** The version that serves. */
  readonly version: string;
}

export function order({ process }: BenchServer, what: Order): void {
  process.send(what);
}

/** Without load, so that nothing is counted that comes and goes with a request. `requests`: millions. */
export async function read(server: BenchServer, requests: number): Promise<Reading> {
  const response = await fetch(`${server.url}/recommend/1`, { headers: { connection: 'close' } });
  await response.text();
  order(server, 'collect garbage');
  const [{ heapBytes }] = (await once(server.process, 'message')) as [Heap];
  const count = (what: 'fd' | 'task'): number => readdirSync(`/proc/${server.process.pid}/${what}`).length;
  return {
    ...{ requests, heapBytes, anonymousBytes: server.anonymousBytes() },
    ...{ descriptors: count('fd'), threads: count('task') },
    personal: response.status === 200 && response.headers.get('x-tier') === 'personal',
    version: response.headers.get('x-model-version')!,
  };
}
