/** Reads a table's Parquet file back, a row group at a time. */

import { asyncBufferFromFile, parquetMetadataAsync, parquetScan, type FileMetaData } from 'hyparquet';
import type { Columns, Row } from './table.js';

/** `columns` of one row group, each an array of as many values. */
export type Batch<Of extends Columns> = { readonly [Name in keyof Of]: ArrayLike<Row<Of>[Name]> };

/** Throws what the file system throws, and an Error when the file is no sound Parquet file or lacks a column. */
export async function* readBatches<Of extends Columns>(path: string, columns: Of): AsyncGenerator<Batch<Of>> {
  const names = Object.keys(columns);
  const scan = await parquetScan({
    ...{ file: await asyncBufferFromFile(path), columns: names },
    ...{ parsers: { timestampFromMilliseconds: Number }, utf8: false }, // bytes without a type stay bytes
  });
  for (const range of scan.ranges) {
    const batch: Record<string, ArrayLike<unknown>> = {};
    for (const column of names) batch[column] = await scan.readColumn({ column, ...range });
    yield batch as Batch<Of>;
  }
}

/** The rows of one row group after the other. */
export async function* readRows<Of extends Columns>(path: string, columns: Of): AsyncGenerator<Row<Of>[]> {
  const names: (keyof Of)[] = Object.keys(columns);
  for await (const batch of readBatches(path, columns)) {
    yield Array.from(batch[names[0]!], (_, i) => {
      const row: Partial<Record<keyof Of, unknown>> = {};
      for (const name of names) row[name] = batch[name][i] ?? null;
      return row as Row<Of>;
    });
  }
}

export const readFooter = async (path: string): Promise<FileMetaData> =>
  parquetMetadataAsync(await asyncBufferFromFile(path));
