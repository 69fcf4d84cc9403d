/**
 * The lines that were rejected, each with its reason: an LMDB environment beside the state, so that its size never weighs on what
 * serves. Four databases: `lines` ([partition, offset] → row), `order` (number of the row, ascending → that key), `reasons` and
 * `sizes` (counts). Beyond its bounds the lines that came first leave first.
 */

import type { Database, RootDatabase } from 'lmdb';
import { succeed, type Result } from '../core/errors.js';
import { openRoot } from '../store/lmdb-root.js';
import { openTallies } from '../store/tallies.js';
import { transactor } from '../store/transaction.js';

export const QUARANTINE_LINES_MAX = 200_000;
/** Of lines, as far as they are kept; the file grows to twice that. */
export const QUARANTINE_BYTES_MAX = 64 << 20;
/** The beginning of a longer line is kept: so much that a row fits into one page of LMDB. */
export const LINE_BYTES_KEPT_MAX = 3584;

export interface LineKey {
  readonly partition: number;
  readonly offset: number;
}

export interface RejectedLine extends LineKey {
  /** Kafka topic or folder name. */
  readonly topic: string;
  /** Its code. */
  readonly reason: string;
  /** As it was delivered, without its line end. */
  readonly bytes: Uint8Array;
}

export interface QuarantinedLine extends RejectedLine {
  /** Bytes of the whole line; more than `bytes` has when only its beginning was kept. */
  readonly length: number;
}

export interface Quarantine {
  /** One transaction. A line that is there already is replaced and keeps its place in the order. */
  add(lines: readonly RejectedLine[]): void;
  get(key: LineKey): QuarantinedLine | undefined;
  /** The newest first. */
  list(query: { readonly reason?: string; readonly limit: number }): QuarantinedLine[];
  /** One transaction; lines that are not there are passed over. */
  remove(keys: readonly LineKey[]): void;
  /** Lines by reason, in order of reason. Kept beside the lines: nothing is scanned. */
  counts(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

type Key = [partition: number, offset: number];
type Row = readonly [order: number, topic: string, reason: string, length: number, bytes: Uint8Array];

class Counts {
  lines: number;
  /** Kept ones. */
  bytes: number;
  /** Changes. */
  readonly byReason = new Map<string, number>();

  constructor(lines: number, bytes: number) {
    this.lines = lines;
    this.bytes = bytes;
  }

  add([, , reason, , bytes]: Row, sign: 1 | -1): void {
    this.lines += sign;
    this.bytes += sign * bytes.length;
    this.byReason.set(reason, (this.byReason.get(reason) ?? 0) + sign);
  }

  get isOver(): boolean {
    return this.lines > QUARANTINE_LINES_MAX || this.bytes > QUARANTINE_BYTES_MAX;
  }
}

const toLine = ([partition, offset]: Key, [, topic, reason, length, bytes]: Row): QuarantinedLine => ({
  ...{ topic, partition, offset, reason, bytes, length },
});

/** Changes throw `storage-failed`. Errors: data-missing (only with `readOnly`), file-unreadable. */
export const openQuarantine = (folder: string, options: { readonly readOnly?: boolean } = {}): Result<Quarantine> =>
  openRoot(
    folder,
    {
      ...{ what: 'a quarantine', readOnly: options.readOnly ?? false, missing: 'Reading a log makes one.' },
      hint: 'Check its permissions; if the file is damaged, remove the folder: only lines that were refused are in it.',
    },
    (root) => succeed(quarantineIn(root, folder)),
  );

function quarantineIn(root: RootDatabase, folder: string): Quarantine {
  const transact = transactor(root, folder);
  const rows: Database<Row, Key> = root.openDB('lines', {});
  const order: Database<Key, number> = root.openDB('order', {});
  const reasons = openTallies(root, 'reasons');
  const sizes = openTallies(root, 'sizes');

  /** One transaction, with the counts in memory: a batch changes each of them many times. */
  const change = (work: (counts: Counts) => void): void => {
    transact(() => {
      const counts = new Counts(sizes.get('lines'), sizes.get('bytes'));
      work(counts);
      sizes.add('lines', counts.lines - sizes.get('lines'));
      sizes.add('bytes', counts.bytes - sizes.get('bytes'));
      for (const [reason, lines] of counts.byReason) reasons.add(reason, lines);
    });
  };

  const put = ({ partition, offset, topic, reason, bytes }: RejectedLine, newest: number, counts: Counts): void => {
    const key: Key = [partition, offset];
    const before = rows.get(key);
    if (before !== undefined) counts.add(before, -1);
    const place = before?.[0] ?? newest;
    const row: Row = [place, topic, reason, bytes.length, bytes.subarray(0, LINE_BYTES_KEPT_MAX)];
    rows.putSync(key, row);
    order.putSync(place, key);
    counts.add(row, 1);
  };

  const drop = (key: Key, counts: Counts): void => {
    const row = rows.get(key);
    if (row === undefined) return;
    rows.removeSync(key);
    order.removeSync(row[0]);
    counts.add(row, -1);
  };

  return {
    add: (lines) => {
      change((counts) => {
        let newest = Math.max(0, ...order.getKeys({ reverse: true, limit: 1 }));
        for (const line of lines) {
          put(line, ++newest, counts);
          while (counts.isOver) for (const { value: oldest } of order.getRange({ limit: 1 })) drop(oldest, counts);
        }
      });
    },
    get: ({ partition, offset }) => {
      const row = rows.get([partition, offset]);
      return row && toLine([partition, offset], row);
    },
    list: ({ reason, limit }) => {
      const lines: QuarantinedLine[] = [];
      for (const { value: key } of order.getRange({ reverse: true })) {
        if (lines.length >= limit) break;
        const row = rows.get(key);
        if (row !== undefined && (reason === undefined || row[2] === reason)) lines.push(toLine(key, row));
      }
      return lines;
    },
    remove: (keys) => {
      change((counts) => {
        for (const { partition, offset } of keys) drop([partition, offset], counts);
      });
    },
    counts: () => new Map([...reasons.all()].filter(([, lines]) => lines > 0)),
    close: () => root.close(),
  };
}
