/** Where the lines of the log go: a log directory here, a Kafka topic in `kafka-sink.ts`; partitions are numbered from 0. */

import { fail, MatineeError, succeed, type Result } from '../../core/errors.js';
import { openLogAppender, type LogAppender } from './log-directory.js';

/** Lines of one partition, in their order; a batch of the line writer is one. */
export interface Lines {
  readonly partition: number;
  readonly count: number;
  /** Each line ended by LF. Whoever made it may write it over as soon as the append is done. */
  readonly bytes: Uint8Array;
}

export interface LogSink {
  /**
   * Done when the lines are where readers find them; lines of a partition stay in the order of the calls, which do not overlap.
   * Rejects with a MatineeError when the log takes no more: some of these lines may be in it then.
   */
  append(batches: readonly Lines[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * One write for each partition and call; goes on where an existing directory ends. `segmentsMax`: what a partition keeps, of 64
 * MiB each. Errors: storage-failed.
 */
export function openDirectorySink(path: string, partitions: number, segmentsMax = Infinity): Result<LogSink> {
  let appender: LogAppender;
  try {
    appender = openLogAppender(path, { partitions, segmentsMax });
  } catch (cause) {
    return fail('storage-failed', ...notWritten(path, cause));
  }
  return succeed({
    append: (batches) =>
      new Promise((resolve) => {
        try {
          for (const { partition, bytes, count } of batches) appender.append(partition, bytes, count);
        } catch (cause) {
          throw new MatineeError('storage-failed', ...notWritten(path, cause));
        }
        resolve();
      }),
    close: () => {
      appender.close();
      return Promise.resolve();
    },
  });
}

const notWritten = (path: string, cause: unknown) =>
  [
    `cannot write the log directory ${path} (${(cause as Error).message})`,
    { hint: 'Make the folder writable and see that its disk has room.', fields: { path }, cause },
  ] as const;
