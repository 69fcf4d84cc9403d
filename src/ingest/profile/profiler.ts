/**
 * Makes profiles of what users say of themselves, for as long as it runs: of who has just signed up first, then of who is to be
 * read anew; a language model, where there is one, adds to them in its own time. Films that the catalogue does not hold yet are not
 * found; everybody is read anew when it has grown by much.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { MatineeError, succeed, type Result } from '../../core/errors.js';
import { errorOf, faultOf, type Fault } from '../../core/fault.js';
import type { State } from '../../store/state.js';
import type { LlmFailure } from '../../text/llm/failure.js';
import type { LlmReader, LlmUsage } from '../../text/llm/llm-reader.js';
import { areOld, titlesIn, type CatalogueTitles } from './catalogue-titles.js';
import { readLane } from './local-readings.js';
import { createModelReadings, type ModelReadings } from './model-readings.js';
import { createReadAgain, type ReadAgain } from './read-again.js';

/** The queue is looked at so often: what is in it is soon in a profile. */
const POLL_MS = 100;
const RETRY_MS = 1000;

export interface ProfilerParts {
  readonly state: State;
  /** Undefined: the local reader alone. */
  readonly model: { readonly name: string; readonly reader: LlmReader } | undefined;
  readonly seed: number;
  /** Called once it runs, when something was read, and when something comes in the way or no longer is. */
  readonly onStatus: (status: ProfilerStatus) => void;
}

export interface ProfilerStatus {
  /** What is in the way; undefined when nothing is. */
  readonly fault: Fault | undefined;
  /** Undefined without a language model. */
  readonly model: ModelStatus | undefined;
}

export interface ModelStatus extends LlmUsage {
  /** Why it is left alone and tried from time to time; undefined while it answers. */
  readonly failure: LlmFailure | undefined;
}

export interface Profiler {
  /** Ends after `stop`, after `drain` once nobody waits or only for a model that fails, or with what no waiting can mend. */
  run(): Promise<Result<void>>;
  stop(): void;
  drain(): void;
}

export function createProfiler(parts: ProfilerParts): Profiler {
  const run = new Run(parts);
  return { run: () => run.run(), stop: () => void (run.until = 'now'), drain: () => void (run.until ??= 'drained') };
}

class Run {
  until: 'now' | 'drained' | undefined;
  readonly #parts: ProfilerParts;
  readonly #readAgain: ReadAgain;
  readonly #model: ModelReadings | undefined;
  #titles: CatalogueTitles | undefined;
  #fault: Fault | undefined;
  #hasReported = false;

  constructor(parts: ProfilerParts) {
    this.#parts = parts;
    const { state, model, seed } = parts;
    this.#readAgain = createReadAgain(state, model?.name);
    this.#model = model && createModelReadings(state, model.reader, seed);
  }

  async run(): Promise<Result<void>> {
    try {
      while (this.until !== 'now') {
        const didSomething = this.#turn();
        if (this.until === 'drained' && !didSomething && this.#model?.busy(Date.now()) !== true) break;
        // Also while there is much to do: answers and signals come in, and others get to write.
        await sleep(didSomething ? 1 : this.#fault === undefined ? POLL_MS : RETRY_MS);
      }
      return this.#fault === undefined ? succeed(undefined) : { ok: false, error: errorOf(this.#fault) };
    } catch (error) {
      if (error instanceof MatineeError) return { ok: false, error };
      throw error;
    } finally {
      await this.#model?.close();
    }
  }

  /** Returns whether there was anything to do. */
  #turn(): boolean {
    try {
      const didSomething = this.#work();
      const isNews = didSomething || this.#fault !== undefined || !this.#hasReported;
      this.#fault = undefined;
      if (isNews) this.#report();
      return didSomething;
    } catch (error) {
      if (!(error instanceof MatineeError) || error.code !== 'storage-failed') throw error;
      this.#fault = faultOf(error);
      this.#report();
      return false;
    }
  }

  #work(): boolean {
    const { state, model } = this.#parts;
    const now = Date.now();
    state.resetRead();
    // At the start, before anybody waits for a line or a profile: it may take a second, in which this thread does nothing else.
    const titles = (this.#titles ??= titlesIn(state, now));
    const wantsMore = this.#readAgain.turn(titles.films);
    const read = (lane: 'new' | 'again'): boolean => readLane(state, lane, titles.index, model?.reader);
    const hasRead = read('new') || read('again');
    const hasStored = this.#model?.apply(titles.index, now) ?? false;
    this.#model?.turn(titles.index, now);
    // Behind what was wanted: to make an index takes up to seconds.
    const isOld = areOld(titles, state.films.count(), now, this.until === 'drained');
    if (isOld) this.#titles = titlesIn(state, now);
    return wantsMore || hasRead || hasStored || isOld;
  }

  #report(): void {
    const { model, onStatus } = this.#parts;
    this.#hasReported = true;
    onStatus({ fault: this.#fault, model: model && { ...model.reader.usage(), failure: this.#model?.failure() } });
  }
}
