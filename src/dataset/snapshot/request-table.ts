/** `requests.parquet`: our own answers of the last days as the site's log tells them, by time. */

import type { Table } from './table.js';

const columns = {
  ts: 'timestamp',
  fingerprint: 'int64', // of the line
  user_id: 'int64',
  status: 'int32',
  latency_ms: 'double',
  list_length: 'int32',
  list: 'int64', // a fingerprint: equal for equal lists
} as const;

export const requestTable: Table<typeof columns> = {
  name: 'requests',
  columns,
  *rows({ requests }) {
    for (const { timeMs, fingerprint, user, status, latencyMs, listLength, list } of requests.between(0, Infinity)) {
      yield {
        ...{ ts: timeMs, fingerprint: BigInt(fingerprint), user_id: BigInt(user), status },
        ...{ latency_ms: latencyMs, list_length: listLength, list: BigInt(list) },
      };
    }
  },
  restore: ({ requests }, rows) => {
    for (const { ts, fingerprint, user_id, status, latency_ms, list_length, list } of rows) {
      requests.add({
        ...{ timeMs: ts, fingerprint: Number(fingerprint), user: Number(user_id), status },
        ...{ latencyMs: latency_ms, listLength: list_length, list: Number(list) },
      });
    }
  },
};
