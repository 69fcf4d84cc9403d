/** Writes one table as a Parquet file, a row group at a time, and tells what it wrote. */

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
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
  let count = 0;
  const counted = function* (): Generator<Row> {
    for (const row of rows) {
      count++;
      yield row;
    }
  };
  try {
    // Into a file that takes bytes at once it is no promise: all is written when it returns.
    void parquetWriteRows({
      writer: file,
      rows: counted(),
      columns: writingOf(columns),
      schema: schemaOf(columns),
      rowGroupSize: ROWS_IN_GROUP,
      createdBy: 'matinee',
    });
    fsyncSync(file.descriptor);
    return { rows: count, bytes: file.offset, sha256: file.hash.digest('hex') };
  } finally {
    closeSync(file.descriptor);
  }
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
