/** Hands out regions of the shared memory: first fit, neighbours joined when freed, grown when nothing fits. */

import assert from 'node:assert/strict';
import { fail, succeed, type Result } from '../core/errors.js';

const PAGE = 65536;
const PAGES_MAX = 65536;
const PAGES_FIRST = 16;
/** Regions start at multiples of a cache line. */
const ALIGNMENT = 64;

interface Region {
  readonly start: number;
  readonly bytes: number;
}

export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** Address of a zeroed region of at least `bytes`. Grows the memory when needed: views of its buffer made before miss the new part. */
  allocate(bytes: number): Result<number>;
  free(address: number): void;
  /** Bytes in regions handed out. */
  used(): number;
  /** Regions handed out. */
  regions(): number;
}

const alignUp = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

export function createArena(): Arena {
  const memory = new WebAssembly.Memory({ initial: PAGES_FIRST, maximum: PAGES_MAX, shared: true });
  const taken = new Map<number, number>();
  // Sorted by start, never touching each other. Address 0 is never handed out: it means "none".
  /** Behind the last byte that was ever handed out. */
  let touched = ALIGNMENT;
  let free: Region[] = [{ start: ALIGNMENT, bytes: PAGES_FIRST * PAGE - ALIGNMENT }];

  function release(region: Region): void {
    const joined: Region[] = [];
    for (const next of [...free, region].sort((a, b) => a.start - b.start)) {
      const last = joined.at(-1);
      if (last !== undefined && last.start + last.bytes === next.start) {
        joined[joined.length - 1] = { start: last.start, bytes: last.bytes + next.bytes };
      } else joined.push(next);
    }
    free = joined;
  }

  function grow(bytes: number): boolean {
    const end = memory.buffer.byteLength;
    const last = free.at(-1);
    const atEnd = last !== undefined && last.start + last.bytes === end ? last.bytes : 0;
    const pages = Math.ceil((bytes - atEnd) / PAGE);
    if (end / PAGE + pages > PAGES_MAX) return false;
    try {
      memory.grow(pages);
    } catch {
      return false;
    }
    release({ start: end, bytes: pages * PAGE });
    return true;
  }

  return {
    memory,
    allocate(requested) {
      const bytes = alignUp(Math.max(requested, 1));
      let index = free.findIndex((region) => region.bytes >= bytes);
      if (index < 0 && grow(bytes)) index = free.findIndex((region) => region.bytes >= bytes);
      const region = free[index];
      if (region === undefined) {
        return fail('memory-full', `no room for ${bytes} bytes in the shared memory`, {
          hint: 'Fewer or smaller models must be resident at once: 4 GiB is all that one process can share.',
          fields: { bytes, used: this.used() },
        });
      }
      const rest = { start: region.start + bytes, bytes: region.bytes - bytes };
      free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
      taken.set(region.start, bytes);
      // What was never handed out is zero already, and takes no room until it is written.
      const stale = Math.min(bytes, Math.max(0, touched - region.start));
      new Uint8Array(memory.buffer, region.start, stale).fill(0);
      touched = Math.max(touched, region.start + bytes);
      return succeed(region.start);
    },
    free(address) {
      const bytes = taken.get(address);
      assert(bytes !== undefined, `no region starts at ${address}`);
      taken.delete(address);
      release({ start: address, bytes });
    },
    used: () => [...taken.values()].reduce((sum, bytes) => sum + bytes, 0),
    regions: () => taken.size,
  };
}
