/** What stands in the way now, by what it concerns: each fault is told once, and the end of the last one too. */

import type { MatineeError } from '../../core/errors.js';
import type { SourceEvent } from '../source.js';

export class StandingFaults {
  readonly #tell: (event: SourceEvent) => void;
  readonly #standing = new Map<string, MatineeError>();

  constructor(tell: (event: SourceEvent) => void) {
    this.#tell = tell;
  }

  raise(subject: string, error: MatineeError): void {
    if (this.#standing.get(subject)?.message === error.message) return;
    this.#standing.set(subject, error);
    this.#tell({ kind: 'fault', error });
  }

  clear(subject: string): void {
    if (this.#standing.delete(subject) && this.#standing.size === 0) this.#tell({ kind: 'recovered' });
  }
}
