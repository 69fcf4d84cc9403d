/** Splits one line into fields. One row is one line: no format we read has line breaks inside a field. */

import { parse } from 'csv-parse/sync';

export type Separator = ',' | '\t' | '|' | '::';

/**
 * Undefined when the quotes of a CSV line are broken. Taking each line by itself keeps a stray quote from swallowing the
 * rows that follow; only lines that hold a quote pay for the full CSV grammar.
 */
export function splitFields(line: string, separator: Separator): readonly string[] | undefined {
  if (separator !== ',' || !line.includes('"')) return line.split(separator);
  try {
    const records: string[][] = parse(line, { relax_column_count: true });
    return records[0];
  } catch {
    return undefined;
  }
}
