/**
 * What is stored of an id to look up, big endian so that LMDB's order of bytes is the queue's order:
 *
 *   row of an id      0      1        7       8          9                15
 *                     ┌──────┬────────┬───────┬──────────┬────────────────┐
 *                     │ lane │ due ms │ tries │ missings │ missing until  │
 *                     │ u8   │ u48    │ u8    │ u8       │ u48 ms         │
 *                     └──────┴────────┴───────┴──────────┴────────────────┘
 *   key in the queue  0      1        7           lane 0: not in the queue
 *                     ┌──────┬────────┬────┐      missings 0: never said to be unknown
 *                     │ lane │ due ms │ id │
 *                     └──────┴────────┴────┘
 */

/** In the order of their numbers; 0 is no lane. */
export const lookupLanes = [
  'new', // never answered: in lists
  'alone', // left out of a list, or part of lists that failed: one by one
  'again', // known, to be asked for again when there is nothing else to ask
] as const;
export type LookupLane = (typeof lookupLanes)[number];

export interface LookupRow {
  /** Null when the id is not in the queue. */
  readonly lane: LookupLane | null;
  readonly dueMs: number;
  /** Requests in vain since it came into the queue. */
  readonly tries: number;
  /** How often in succession the API said that it does not know the id. */
  readonly missings: number;
  readonly missingUntilMs: number;
}

const ROW_BYTES = 15;
const KEY_HEAD_BYTES = 7;
const COUNT_MAX = 255;

const laneNumber = (lane: LookupLane | null): number => (lane === null ? 0 : lookupLanes.indexOf(lane) + 1);

export function encodeRow(row: LookupRow): Uint8Array {
  const bytes = Buffer.alloc(ROW_BYTES);
  bytes.writeUInt8(laneNumber(row.lane), 0);
  bytes.writeUIntBE(row.dueMs, 1, 6);
  bytes.writeUInt8(Math.min(row.tries, COUNT_MAX), 7);
  bytes.writeUInt8(Math.min(row.missings, COUNT_MAX), 8);
  bytes.writeUIntBE(row.missingUntilMs, 9, 6);
  return bytes;
}

export function decodeRow(bytes: Uint8Array): LookupRow {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, ROW_BYTES);
  return {
    lane: lookupLanes[buffer.readUInt8(0) - 1] ?? null,
    dueMs: buffer.readUIntBE(1, 6),
    tries: buffer.readUInt8(7),
    missings: buffer.readUInt8(8),
    missingUntilMs: buffer.readUIntBE(9, 6),
  };
}

/** With an empty id: where the lane's ids of that time begin. Ids are ASCII. */
export function queueKey(lane: LookupLane, dueMs: number, id: string): Buffer {
  const key = Buffer.allocUnsafe(KEY_HEAD_BYTES + id.length);
  key.writeUInt8(laneNumber(lane), 0);
  key.writeUIntBE(dueMs, 1, 6);
  key.write(id, KEY_HEAD_BYTES, 'latin1');
  return key;
}

export const idOfQueueKey = (key: Buffer): string => key.toString('latin1', KEY_HEAD_BYTES);
