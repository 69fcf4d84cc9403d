/** Puts lines aside and takes them back, keeping the tallies true. Works inside the transaction that is open. */

import { waitForViewing, type HeldLine, type HeldReason, type PlacedLine } from '../../store/held.js';
import type { State } from '../../store/state.js';
import { acceptedTally, heldTally, holdsTally } from './outcomes.js';
import type { Verdicts } from './verdicts.js';

const VIEWING = 'viewing ';

/** One user and one film, by state index. */
export interface Viewing {
  readonly user: number;
  readonly film: number;
}

/** Asked for every viewing of a batch: nothing is made for it. */
const NO_LINES: readonly HeldLine[] = [];

export class HeldLines {
  readonly #state: State;
  readonly #verdicts: Verdicts;
  /**
   * User → films of viewings that lines wait for: asked for every viewing of every batch, so it is kept in memory. Numbers, for
   * texts made of them would be garbage that only a full collection finds.
   */
  readonly #viewings = new Map<number, Set<number>>();

  constructor(state: State, verdicts: Verdicts) {
    this.#state = state;
    this.#verdicts = verdicts;
    for (const what of state.held.waits()) this.#note(what);
  }

  hold(line: PlacedLine, reason: HeldReason, waitsFor: string): void {
    this.#put(line, reason, waitsFor, false);
    this.#verdicts.count(heldTally(reason), 1);
    this.#verdicts.count(holdsTally(reason), 1);
  }

  /** Keeps a watched minute that counts already, because a line to come may speak against it. */
  remember(line: PlacedLine, waitsFor: string): void {
    this.#put(line, 'minute-order', waitsFor, true);
  }

  /** The line is settled, or goes through the batch again: it is no longer kept. */
  release(line: HeldLine): void {
    this.#state.held.remove(line);
    if (line.provisional) this.#verdicts.count(acceptedTally('watch'), -1);
    else this.#verdicts.count(heldTally(line.reason), -1);
  }

  waitingFor(what: string): HeldLine[] {
    return this.#state.held.waitingFor(what);
  }

  waitingForViewing({ user, film }: Viewing): readonly HeldLine[] {
    if (this.#viewings.get(user)?.has(film) !== true) return NO_LINES;
    return this.waitingFor(waitForViewing(user, film));
  }

  /** All viewings that lines wait for. */
  viewings(): readonly Viewing[] {
    return [...this.#viewings].flatMap(([user, films]) => Array.from(films, (film) => ({ user, film })));
  }

  /** To be called when lines of a viewing were released: forgets the viewing unless more lines wait for it. */
  tidy(viewing: Viewing): void {
    const films = this.#viewings.get(viewing.user);
    if (films === undefined || this.waitingForViewing(viewing).length > 0) return;
    films.delete(viewing.film);
    if (films.size === 0) this.#viewings.delete(viewing.user);
  }

  #put({ partition, offset, bytes }: PlacedLine, reason: HeldReason, waitsFor: string, provisional: boolean): void {
    this.#state.held.put({ partition, offset, bytes, reason, waitsFor, provisional });
    this.#note(waitsFor);
  }

  #note(waitsFor: string): void {
    if (!waitsFor.startsWith(VIEWING)) return;
    const [, user, film] = waitsFor.split(' ').map(Number) as [number, number, number];
    const films = this.#viewings.get(user);
    if (films === undefined) this.#viewings.set(user, new Set([film]));
    else films.add(film);
  }
}
