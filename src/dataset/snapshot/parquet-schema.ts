/** How our columns stand in a Parquet file: the schema that readers see, and the encodings. */

import type { SchemaElement } from 'hyparquet';
import type { ColumnSource } from 'hyparquet-writer';
import type { BaseType, Columns, ColumnType } from './table.js';

const elements: Readonly<Record<BaseType, Omit<SchemaElement, 'name' | 'repetition_type'>>> = {
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  float: { type: 'FLOAT' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  strings: { num_children: 1, converted_type: 'LIST' },
  binary: { type: 'BYTE_ARRAY' },
};

/** What stands below the element of a list. */
const below: Partial<Record<BaseType, readonly SchemaElement[]>> = {
  strings: [
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...elements.string },
  ],
};

export function schemaOf(columns: Columns): SchemaElement[] {
  const entries = Object.entries(columns);
  return [
    { name: 'schema', num_children: entries.length },
    ...entries.flatMap(([name, type]): SchemaElement[] => {
      const base = baseOf(type);
      const repetition_type = type === base ? 'REQUIRED' : 'OPTIONAL';
      return [{ name, repetition_type, ...elements[base] }, ...(below[base] ?? [])];
    }),
  ];
}

/**
 * Ids and times as differences: ids ascend, and times of one user lie close together. Statistics, which let a reader
 * skip row groups, only of ids: the rest is in no order that they could use.
 */
export const writingOf = (columns: Columns): Omit<ColumnSource, 'data'>[] =>
  Object.entries(columns).map(([name, type]) => {
    const base = baseOf(type);
    const statistics = name === 'user_id';
    return base === 'int64' || base === 'timestamp' || name.endsWith('_s')
      ? { name, statistics, encoding: 'DELTA_BINARY_PACKED' }
      : { name, statistics };
  });

const baseOf = (type: ColumnType): BaseType => type.replace('?', '') as BaseType;
