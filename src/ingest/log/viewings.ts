/**
 * Brings the watched minutes of one user and one film into the history. What is supported (evidence.ts) counts. What nothing
 * supports is held, except for what began before the log was read, so that nobody saw it begin: that counts provisionally, as
 * long as nothing supported speaks against it.
 */

import { BEGAN_NEVER, BEGAN_UNKNOWN } from '../../store/history-codec.js';
import type { HistoryEditor } from '../../store/history-editor.js';
import { waitForViewing, type HeldLine, type PlacedLine } from '../../store/held.js';
import type { State } from '../../store/state.js';
import { LogLine } from '../../world/log-line.js';
import type { Batch } from './batch.js';
import { isNoFasterThanTheClock, supported, supportsItself, type Evidence } from './evidence.js';
import type { HeldLines, Viewing } from './held-lines.js';
import { acceptedTally } from './outcomes.js';
import { beganOf } from './plausibility.js';
import type { Verdicts } from './verdicts.js';
import { NOTHING } from './viewing-table.js';

/** Some lines of the pair, with when they were watched (seconds) and where they come from: the batch, or what was held. */
interface Watched extends Evidence {
  readonly first: number;
  readonly last: number;
  readonly row: number;
  readonly held: HeldLine | undefined;
}

interface Pair extends Viewing {
  readonly editor: HistoryEditor;
}

export interface ViewingsParts {
  readonly state: State;
  readonly held: HeldLines;
  readonly verdicts: Verdicts;
  readonly zoneMs: number;
}

export class Viewings {
  readonly #parts: ViewingsParts;
  readonly #line: LogLine;
  #coverage = 0;

  constructor(parts: ViewingsParts) {
    this.#parts = parts;
    this.#line = new LogLine(parts.zoneMs);
  }

  /** Seconds since 1970: what began earlier was not seen to begin. */
  get coverage(): number {
    return this.#coverage;
  }

  /** A partition has been read since then (ms since 1970). */
  cover(sinceMs: number): void {
    this.#coverage = Math.max(this.#coverage, Math.floor(sinceMs / 1000));
  }

  /** `head`: the pair's first row in the batch's table, or NOTHING when only what is held is to be looked at again. */
  settle(batch: Batch, pair: Pair, head: number): void {
    const { editor, film } = pair;
    const index = editor.indexOf(film);
    const began = index < 0 ? BEGAN_NEVER : editor.began(index);
    const waiting = this.#parts.held.waitingForViewing(pair);
    const table = batch.viewings;
    if (waiting.length === 0 && head !== NOTHING && table.next(head) === NOTHING) {
      const evidence = table.evidence(head);
      if (supportsItself(evidence) || (isReal(began) && isNoFasterThanTheClock(evidence, began))) {
        editor.watch(film, evidence.minuteHigh, table.first(head), table.last(head), evidence.low);
        return;
      }
    }
    this.#weigh(batch, pair, began, [...rowsOf(batch, head), ...waiting.map((line) => this.#watchedOf(line))]);
  }

  #weigh(batch: Batch, pair: Pair, began: number, all: readonly Watched[]): void {
    const { editor, user, film } = pair;
    const { held, verdicts } = this.#parts;
    const viewing = waitForViewing(user, film);
    const trusted = supported(all, isReal(began) ? began : Infinity);
    const isSupported = trusted.size > 0 || isReal(began);
    // What counted provisionally counts no more: it is weighed again with the rest.
    if (isSupported && began === BEGAN_NEVER && editor.indexOf(film) >= 0) editor.unwatch(film);
    for (const { minuteHigh, first, last, low } of trusted) editor.watch(film, minuteHigh, first, last, low);

    for (const watched of all) {
      // Lines of the batch were counted as accepted when they were read, those that were held were not.
      if (watched.held !== undefined) {
        held.release(watched.held);
        verdicts.count(acceptedTally('watch'), 1);
      }
      if (trusted.has(watched)) continue;
      const counts = watched.low < this.#coverage && (!isSupported || leadsUpTo(editor, film, watched));
      if (counts && !isSupported) editor.watch(film, watched.minuteHigh, watched.first, watched.last, BEGAN_NEVER);
      for (const line of linesOf(batch, watched)) {
        if (counts) {
          held.remember(line, viewing);
        } else {
          held.hold(line, 'minute-order', viewing);
          verdicts.count(acceptedTally('watch'), -1);
        }
      }
    }
    held.tidy(pair);
  }

  #watchedOf(held: HeldLine): Watched {
    this.#line.parse(held.bytes, 0, held.bytes.length);
    const { minute, timeMs } = this.#line;
    const seconds = Math.floor(timeMs / 1000);
    const began = beganOf(seconds, minute);
    const range = { low: began, high: began, minuteLow: minute, minuteHigh: minute };
    return { ...range, first: seconds, last: seconds, row: NOTHING, held };
  }
}

/** Whether the lines come before all that is supported and no further: a viewing that was paused and went on. */
function leadsUpTo(editor: HistoryEditor, film: number, { last, minuteHigh }: Watched): boolean {
  const index = editor.indexOf(film);
  return last <= editor.first(index) && minuteHigh <= editor.minutes(index);
}

const isReal = (began: number): boolean => began !== BEGAN_NEVER && began !== BEGAN_UNKNOWN;

function rowsOf({ viewings }: Batch, head: number): Watched[] {
  const rows: Watched[] = [];
  for (let row = head; row !== NOTHING; row = viewings.next(row)) {
    const [first, last] = [viewings.first(row), viewings.last(row)];
    rows.push({ ...viewings.evidence(row), first, last, row, held: undefined });
  }
  return rows;
}

function* linesOf(batch: Batch, { row, held }: Watched): Iterable<PlacedLine> {
  if (held !== undefined) yield held;
  else for (const line of batch.linesBack(batch.viewings.newestLine(row))) yield batch.lineAt(line);
}
