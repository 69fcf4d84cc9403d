/** Composition of a replay: a recorded log, and where it is written again. */

import { MatineeError, succeed, type Result } from '../core/errors.js';
import { openRecordedLog } from '../sim/replay/recorded-log.js';
import { replay, type Replayed, type ReplayOptions } from '../sim/replay/replay.js';
import { openLogSink } from './sim-log.js';

export interface ReplayRequest extends ReplayOptions {
  readonly path: string;
  /** `dir:PATH` or `kafka://host:port/topic` */
  readonly log: string;
}

/** Errors: those of the recorded log and of the sink. */
export async function replayInto({ path, log, ...options }: ReplayRequest): Promise<Result<Replayed>> {
  const recorded = openRecordedLog(path);
  if (!recorded.ok) return recorded;
  const sink = await openLogSink(log, recorded.value.partitions);
  if (!sink.ok) return sink;
  try {
    return succeed(await replay(recorded.value, sink.value, options));
  } catch (error) {
    if (error instanceof MatineeError) return { ok: false, error };
    throw error;
  } finally {
    await sink.value.close();
  }
}
