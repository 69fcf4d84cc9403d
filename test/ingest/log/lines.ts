/** Small logs as text, and how they get into a state without a source. */

import type { LineChunk } from '../../../src/ingest/source.js';
import { LogWriter, type LogWriterOptions } from '../../../src/ingest/log/log-writer.js';
import type { RejectedLine } from '../../../src/ingest/quarantine.js';
import type { State } from '../../../src/store/state.js';

/** 2026-01-01T00:00 in minutes since 1970. */
const START = Date.UTC(2026, 0, 1) / 60_000;

/** `2026-01-01T00:07:30` for 7.5 minutes after the start. */
export const timeAt = (minutes: number): string =>
  new Date((START + minutes) * 60_000).toISOString().replace(/\.000Z$/, '');

export const watched = (at: number, user: number, film: string, minute: number): string =>
  `${timeAt(at)},${user},GET /data/m/${film}/${minute}.mpg`;

export const rated = (at: number, user: number, film: string, rating: number): string =>
  `${timeAt(at)},${user},GET /rate/${film}=${rating}`;

/** `lines` from offset `first` on. */
export function chunkOf(partition: number, first: number, lines: readonly string[]): LineChunk {
  const encoded = lines.map((line) => Buffer.from(line, 'utf8'));
  let at = 0;
  const starts = encoded.map((line) => (at += line.length) - line.length);
  return {
    ...{ partition, count: lines.length, bytes: Buffer.concat(encoded), next: first + lines.length },
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(starts, (start, i) => start + encoded[i]!.length),
    offsets: Float64Array.from(lines, (_, i) => first + i),
  };
}

export const NOW = Date.UTC(2026, 5, 1);

export interface TestWriter {
  readonly writer: LogWriter;
  readonly rejected: RejectedLine[];
  /** Reads lines as those that follow in the partition, and commits. */
  readonly read: (partition: number, ...lines: readonly string[]) => void;
}

export function writerOf(state: State, options: Partial<LogWriterOptions> = {}): TestWriter {
  const rejected: RejectedLine[] = [];
  const quarantine = { add: (lines: readonly RejectedLine[]) => void rejected.push(...lines) };
  const usual = { state, quarantine, topic: 'movielog', zoneMs: 0, scale: undefined, asksUsers: false };
  const writer = new LogWriter({ ...usual, ...options });
  const read = (partition: number, ...lines: readonly string[]): void => {
    writer.take(chunkOf(partition, writer.positions.get(partition) ?? 0, lines), 0, NOW);
    do writer.commit(NOW, () => undefined);
    while (writer.hasReady);
  };
  return { writer, rejected, read };
}
