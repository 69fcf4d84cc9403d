/** Which files the state was filled from: one record for each distinct content, for provenance. */

import type { Database, RootDatabase } from 'lmdb';

export interface ImportRecord {
  /** File name without its folder. */
  readonly name: string;
  readonly format: string;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly rows: number;
  readonly accepted: number;
  /** When the file was first imported, ISO 8601. */
  readonly at: string;
}

export interface Imports {
  /** In order of time, then name. */
  list(): readonly ImportRecord[];
  /** Has no effect when a file of the same content is recorded already: importing it again changed nothing. */
  add(record: ImportRecord): void;
}

const byTime = (a: ImportRecord, b: ImportRecord): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.name < b.name ? -1 : 1;

export function openImports(root: RootDatabase): Imports {
  const database: Database<ImportRecord, string> = root.openDB('imports', {});

  return {
    list: () => [...database.getRange().map(({ value }) => value)].sort(byTime),
    add: (record) => {
      if (!database.doesExist(record.sha256)) database.putSync(record.sha256, record);
    },
  };
}
