/** Plays a recorded log into a sink, at the pace of its own times or a multiple of it. */

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OnProgress } from '../../core/progress.js';
import type { LogSink } from '../log/sink.js';
import { ReplayClock } from './clock.js';
import { dealer } from './dealer.js';
import type { RecordedLog } from './recorded-log.js';
import { Track } from './track.js';

export interface ReplayOptions {
  /** Seconds of the log in a second; a large number plays as fast as the sink takes it. */
  readonly speed: number;
  readonly onProgress?: OnProgress;
  /** Ends the replay between two appends. */
  readonly signal?: AbortSignal;
}

export interface Replayed {
  readonly lines: number;
  readonly bytes: number;
  /** False when it was stopped before the end. */
  readonly complete: boolean;
}

/** Lines come at most this much later than they are due, */
const STEP_MS = 100;
/** and this much of the log's time is played at once: partitions stay that close to each other at any speed. */
const STEP_LOG_MS_MAX = 10_000;

/**
 * Streams: it holds a mebibyte or two for each partition, however long the log is. A line without a readable time goes along
 * with the one before it. Rejects with a MatineeError of the sink or of the files: file-unreadable, format-invalid.
 */
export async function replay(
  log: RecordedLog,
  sink: LogSink,
  { speed, onProgress, signal = new AbortController().signal }: ReplayOptions,
): Promise<Replayed> {
  assert(speed > 0 && Number.isFinite(speed), 'a replay goes forward');
  const tracks = await Promise.all(
    log.tracks.map(async ({ partition, files }) => ({
      track: await Track.open(files),
      deal: dealer(partition, log.partitions),
    })),
  );
  const stepMs = Math.min(STEP_MS * speed, STEP_LOG_MS_MAX);
  const clock = new ReplayClock(speed);
  let lines = 0;
  let bytes = 0;

  async function playUntil(untilMs: number): Promise<void> {
    for (const { track, deal } of tracks) {
      for (let taken; !signal.aborted && (taken = await track.take(untilMs)) !== undefined;) {
        await sink.append(deal(taken));
        lines += taken.count;
        bytes += taken.bytes.length;
      }
    }
  }

  try {
    for (;;) {
      const nextMs = Math.min(...tracks.map(({ track }) => track.dueMs));
      if (nextMs === Infinity || signal.aborted) return { lines, bytes, complete: nextMs === Infinity };
      const untilMs = nextMs + stepMs;
      const waitMs = clock.waitMs(untilMs, performance.now());
      if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      await playUntil(untilMs);
      onProgress?.({ task: `replay ${log.name}`, done: lines, note: noteOf(nextMs, bytes / log.bytes) });
    }
  } finally {
    for (const { track } of tracks) await track.close();
  }
}

const noteOf = (timeMs: number, share: number): string =>
  `${Math.floor(100 * share)} % of the log${Number.isFinite(timeMs) ? `, at ${new Date(timeMs).toISOString()}` : ''}`;
