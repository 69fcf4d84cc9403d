/**
 * The log directory as a source: what Kafka is to a site that runs it, for everyone else. Its partitions are read in turn, a
 * chunk of about 1 MiB each, so that they advance together and none holds up another.
 *
 * - A line is read once its LF is there. Of a line longer than 8 MiB the first 8 MiB are given.
 * - `latest` means the end of what exists when the source is opened: what appears later is read from its beginning.
 * - The files are looked at some twenty times a second. (Notifications do not come from every file system.)
 * - A lag is exact up to the newest segment and estimated within it (directory/partition.ts).
 */

import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, MatineeError, succeed, type Result } from '../core/errors.js';
import { LogLine } from '../world/log-line.js';
import { ChunkBuffer } from './directory/chunk-buffer.js';
import { partitionsIn } from './directory/layout.js';
import { Partition } from './directory/partition.js';
import type { Source, SourceEvent, SourceOptions } from './source.js';

const POLL_MS = 50;

/**
 * `line` reads the times in which a start at a time is looked for. Errors: file-unreadable, when `path` is no folder; one that
 * does not exist yet is a fault that the source tells and waits out.
 */
export async function openDirectorySource(
  path: string,
  options: SourceOptions,
  line = new LogLine(),
): Promise<Result<Source>> {
  const directory = resolve(path);
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === false) {
    return fail('file-unreadable', `${directory} is no folder`, {
      hint: 'A log directory holds a folder for each partition, and in it segments such as 00000000000000000000.log.',
    });
  }
  const source = new DirectorySource(directory, options, line);
  await source.begin();
  return succeed(source);
}

/** What faults are told apart by: a partition, or the directory as a whole. */
type Place = number | 'directory';

class DirectorySource implements Source {
  readonly topic: string;
  readonly #directory: string;
  readonly #options: SourceOptions;
  readonly #line: LogLine;
  /** All partitions read into it, one at a time. */
  readonly #buffer = new ChunkBuffer();
  /** Undefined until the directory has been seen. */
  #partitions: Map<number, Partition> | undefined;
  /** Which of them is asked first. */
  #turn = 0;
  /** What is in the way, in words. */
  readonly #faults = new Map<Place, string>();
  /** What happened and has not been given yet. */
  readonly #events: SourceEvent[] = [];
  #pulling: Promise<SourceEvent> | undefined;

  constructor(directory: string, options: SourceOptions, line: LogLine) {
    this.topic = basename(directory);
    this.#directory = directory;
    this.#options = options;
    this.#line = line;
  }

  /** Notes where every partition begins and ends now. */
  async begin(): Promise<void> {
    await this.#lookForPartitions('latest');
    for (const [number, partition] of this.#partitions ?? []) await this.#attempt(number, () => partition.begin());
  }

  async pull(): Promise<SourceEvent> {
    assert(this.#pulling === undefined, 'one pull at a time');
    this.#pulling = this.#next();
    try {
      return await this.#pulling;
    } finally {
      this.#pulling = undefined;
    }
  }

  lag(): ReadonlyMap<number, number> {
    return new Map(Array.from(this.#partitions ?? [], ([number, partition]) => [number, partition.lag]));
  }

  committed(): void {
    // A directory keeps no positions.
  }

  async close(): Promise<void> {
    await this.#pulling;
    await Promise.all(Array.from(this.#partitions?.values() ?? [], (partition) => partition.close()));
  }

  async #next(): Promise<SourceEvent> {
    for (let hasWaited = false; ; hasWaited = true) {
      if (this.#events.length === 0) await this.#look();
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#isDone()) return { kind: 'end' };
      if (hasWaited) return { kind: 'idle' };
      await sleep(POLL_MS);
    }
  }

  /** Up to the first partition that has news. */
  async #look(): Promise<void> {
    await this.#lookForPartitions('earliest');
    const partitions = [...(this.#partitions ?? [])];
    for (let i = 0; i < partitions.length && this.#events.length === 0; i++) {
      this.#turn = (this.#turn + 1) % partitions.length;
      const [number, partition] = partitions[this.#turn]!;
      if (partition.isDone) continue;
      const event = await this.#attempt(number, () => partition.next());
      if (event !== undefined) this.#events.push(event);
    }
  }

  /** `latest`: what stands for it in a partition that is seen for the first time. */
  async #lookForPartitions(latest: 'latest' | 'earliest'): Promise<void> {
    const { untilEnd, positions } = this.#options;
    if (untilEnd && this.#partitions !== undefined) return;
    const numbers = await this.#attempt('directory', () => partitionsIn(this.#directory));
    if (numbers === undefined) return;
    const known = this.#partitions ?? new Map<number, Partition>();
    const from = this.#options.from === 'latest' ? latest : this.#options.from;
    for (const number of numbers.filter((number) => !known.has(number))) {
      const folder = join(this.#directory, String(number));
      const position = positions.get(number);
      const tools = { line: this.#line, buffer: this.#buffer };
      known.set(number, new Partition({ number, folder, position, from, untilEnd, ...tools }));
    }
    this.#partitions = known;
  }

  #isDone(): boolean {
    if (!this.#options.untilEnd || this.#partitions === undefined) return false;
    return [...this.#partitions.values()].every((partition) => partition.isDone);
  }

  /** What fails is told once, until it succeeds or fails otherwise. */
  async #attempt<T>(place: Place, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await work();
      if (this.#faults.delete(place) && this.#faults.size === 0) this.#events.push({ kind: 'recovered' });
      return value;
    } catch (cause) {
      const error = faultOf(this.#directory, cause);
      if (this.#faults.get(place) !== error.message) this.#events.push({ kind: 'fault', error });
      this.#faults.set(place, error.message);
      return undefined;
    }
  }
}

function faultOf(directory: string, cause: unknown): MatineeError {
  if (cause instanceof MatineeError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  assert(code !== undefined, cause as Error); // Only the file system may fail here.
  return new MatineeError('file-unreadable', `cannot read the log in ${directory}: ${message}`, {
    hint: 'Does the path exist, and may this process read it? Reading goes on as soon as it can.',
    cause,
  });
}
