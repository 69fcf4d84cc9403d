/** Reads the rows of one file, counts them, and keeps account of those that are refused. */

import type { OnProgress } from '../../core/progress.js';
import { splitFields } from './fields.js';
import { LINE_LENGTH_MAX, openLines } from './lines.js';
import type { Rejections } from './rejections.js';
import type { ImportedFile, Reason } from './report.js';
import type { Source } from './sources.js';

/** Takes the fields of one row, or says why not. */
export type TakeFields = (fields: readonly string[]) => Reason | void;

/** Every row below the header that is not blank is either taken or counted as rejected. */
export async function readSource(
  { path, name, bytes: total, kind }: Source,
  take: TakeFields,
  rejections: Rejections,
  onProgress: OnProgress,
): Promise<ImportedFile> {
  const takeLine = (line: string): Reason | void => {
    // A U+FFFD is what the decoder leaves where the bytes are not UTF-8.
    if (line.length > LINE_LENGTH_MAX || line.includes('\uFFFD')) return 'row-unreadable';
    const fields = splitFields(line, kind.separator);
    return fields === undefined ? 'row-unreadable' : take(fields);
  };

  const file = openLines(path, kind.separator !== ',');
  let isHeader = kind.hasHeader;
  let rows = 0;
  let accepted = 0;
  for await (const { lines, firstLine, bytes } of file.batches()) {
    for (const [i, line] of lines.entries()) {
      if (line.trim() === '') continue;
      if (isHeader) {
        isHeader = false;
        continue;
      }
      rows++;
      const reason = takeLine(line);
      if (reason === undefined) accepted++;
      else rejections.add(reason, name, firstLine + i, line);
    }
    onProgress({ task: `import ${name}`, done: bytes, total });
  }
  return { name, sha256: file.sha256(), rows, accepted };
}
