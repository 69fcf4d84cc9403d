/** `held.parquet`: lines that wait to be settled, by partition and offset. */

import type { HeldReason } from '../../store/held.js';
import type { Table } from './table.js';

const columns = {
  partition: 'int32',
  offset: 'int64',
  reason: 'string',
  waits_for: 'string', // a viewing names its film by its place in `films.parquet`
  provisional: 'boolean',
  line: 'binary',
} as const;

export const heldTable: Table<typeof columns> = {
  name: 'held',
  columns,
  *rows({ held }) {
    for (const { partition, offset, reason, waitsFor, provisional, bytes } of held.all()) {
      yield { partition, offset: BigInt(offset), reason, waits_for: waitsFor, provisional, line: bytes };
    }
  },
  restore: ({ held }, rows) => {
    for (const { partition, offset, reason, waits_for, provisional, line } of rows) {
      const key = { partition, offset: Number(offset) };
      held.put({ ...key, reason: reason as HeldReason, waitsFor: waits_for, provisional, bytes: line });
    }
  },
};
