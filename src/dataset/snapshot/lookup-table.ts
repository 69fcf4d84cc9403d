/** `lookups.parquet`: ids that the look-up APIs are to be asked for, and ids they do not know; films first, each by id. */

import type { LookupLane } from '../../store/lookup-codec.js';
import type { LookupKind } from '../../store/lookups.js';
import type { Table } from './table.js';

const columns = {
  kind: 'string', // film or user
  id: 'string',
  lane: 'string?', // null: not in the queue
  due_ts: 'timestamp',
  tries: 'int32',
  missings: 'int32',
  missing_until_ts: 'timestamp',
} as const;

const kinds: readonly LookupKind[] = ['film', 'user'];

export const lookupTable: Table<typeof columns> = {
  name: 'lookups',
  columns,
  *rows({ lookups }) {
    for (const kind of kinds) {
      for (const [id, { lane, dueMs, tries, missings, missingUntilMs }] of lookups.all(kind)) {
        yield { kind, id, lane, due_ts: dueMs, tries, missings, missing_until_ts: missingUntilMs };
      }
    }
  },
  restore: ({ lookups }, rows) => {
    for (const { kind, id, lane, due_ts, tries, missings, missing_until_ts } of rows) {
      const row = { lane: lane as LookupLane | null, dueMs: due_ts, tries, missings, missingUntilMs: missing_until_ts };
      lookups.put(kind as LookupKind, id, row);
    }
  },
};
