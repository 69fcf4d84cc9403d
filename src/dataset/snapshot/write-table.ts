/** Writes one table as a Parquet file, a row group at a time, and tells what it wrote. */

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { schemaOf, writingOf } from './parquet-schema.js';
import type { Columns, Row } from './table.js';

export interface WrittenTable {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** One row group is in memory at a time. */
const ROWS_IN_GROUP = 100_000;
const BUFFER_BYTES = 2 ** 22;

/** The same rows give the same bytes. On disk when it returns. Throws what the file system throws. */
export function writeTable(path: string, columns: Columns, rows: Iterable<Row>): WrittenTable {
  const file = new HashedFile(path);
  const writing = writingOf(columns);
  try {
    const parquet = new ParquetWriter({ writer: file, schema: schemaOf(columns), createdBy: 'matinee' });
    let count = 0;
    for (const group of groupsOf(rows, Object.keys(columns))) {
      const rowGroupSize = group[0]!.length;
      // Into a file that takes bytes at once it is no promise: all is written when it returns.
      void parquet.write({ columnData: writing.map((how, i) => ({ ...how, data: group[i]! })), rowGroupSize });
      count += rowGroupSize;
    }
    void parquet.finish();
    fsyncSync(file.descriptor);
    return { rows: count, bytes: file.offset, sha256: file.hash.digest('hex') };
  } finally {
    closeSync(file.descriptor);
  }
}

/** Columns of as many rows as one group has. No row outlives its turn, which spares the garbage collector much work. */
function* groupsOf(rows: Iterable<Row>, names: readonly string[]): Generator<unknown[][]> {
  let group: unknown[][] = names.map(() => []);
  for (const row of rows) {
    for (let i = 0; i < names.length; i++) group[i]!.push(row[names[i]!]);
    if (group[0]!.length < ROWS_IN_GROUP) continue;
    yield group;
    group = names.map(() => []);
  }
  if (group[0]!.length > 0) yield group;
}

class HashedFile extends ByteWriter {
  readonly descriptor: number;
  readonly hash = createHash('sha256');

  constructor(path: string) {
    super(BUFFER_BYTES);
    this.descriptor = openSync(path, 'wx');
  }

  /** The writer calls it after each row group. */
  flush(): void {
    const bytes = this.getBytes();
    this.hash.update(bytes);
    writeFileSync(this.descriptor, bytes);
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}
