/** A raw log that was recorded: a log directory, or one file of lines. */

import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, succeed, type Result } from '../../core/errors.js';
import { segmentNames } from '../log/log-directory.js';

export interface RecordedLog {
  readonly name: string;
  /** How many partitions a sink must have to take it. */
  readonly partitions: number;
  readonly bytes: number;
  /** Files whose lines follow one another, and the partition they belong to; undefined: dealt to all in turn. */
  readonly tracks: readonly { readonly partition: number | undefined; readonly files: readonly string[] }[];
}

/** As the site has it: what was recorded into one file came from that many. */
const PARTITIONS_OF_FILE = 2;

/**
 * A directory keeps its partitions; the lines of a file go to two partitions in turn, so that both keep its order of time.
 * Errors: file-unreadable, data-missing (a folder without a log).
 */
export function openRecordedLog(path: string): Result<RecordedLog> {
  try {
    const name = basename(path);
    const stats = statSync(path);
    if (!stats.isDirectory()) {
      return succeed({
        name,
        partitions: PARTITIONS_OF_FILE,
        bytes: stats.size,
        tracks: [{ partition: undefined, files: [path] }],
      });
    }
    const tracks = tracksIn(path);
    if (tracks.length === 0) {
      return fail('data-missing', `${path} holds no log`, {
        hint: 'Give a log directory (<partition>/<20 digits>.log) or a file of log lines.',
        fields: { path },
      });
    }
    const bytes = tracks.flatMap(({ files }) => files).reduce((sum, file) => sum + statSync(file).size, 0);
    return succeed({ name, partitions: Math.max(...tracks.map(({ partition }) => partition)) + 1, bytes, tracks });
  } catch (cause) {
    return fail('file-unreadable', `cannot read the recorded log ${path} (${(cause as Error).message})`, {
      hint: 'Give a log directory or a file of log lines.',
      fields: { path },
      cause,
    });
  }
}

function tracksIn(dir: string): { partition: number; files: string[] }[] {
  const partitions = readdirSync(dir).filter((name) => /^(0|[1-9]\d{0,3})$/.test(name));
  return partitions
    .map((name) => ({
      partition: Number(name),
      files: segmentNames(join(dir, name)).map((segment) => join(dir, name, segment)),
    }))
    .filter(({ files }) => files.length > 0)
    .sort((a, b) => a.partition - b.partition);
}
