/** What the service's process and the process of the simulated world say to each other. */

import type { Fault } from '../core/fault.js';

export interface WorldOrder {
  readonly seed: number;
  /** `dir:PATH` or `kafka://host:port/topic` */
  readonly log: string;
  readonly apiPort: number;
  /** Where the world keeps what it must know to go on. */
  readonly memory: string;
}

export type ToWorld =
  | { readonly kind: 'open'; readonly order: WorldOrder }
  /** The recommender listens at `ask`: time begins. */
  | { readonly kind: 'go'; readonly ask: string }
  | { readonly kind: 'stop' };

export interface WorldStatus {
  readonly timeMs: number;
  readonly lines: number;
  readonly requests: Readonly<Record<number, number>>;
  /** Viewers with a list, and of those who chose from it. */
  readonly shown: number;
  readonly followed: number;
  /** Mean true satisfaction with what was chosen, 0 … 1; null before the first. */
  readonly satisfaction: number | null;
}

export type FromWorld =
  /** The look-up APIs answer, and the log can be read. */
  | { readonly kind: 'opened'; readonly apiUrl: string }
  | { readonly kind: 'status'; readonly status: WorldStatus }
  | { readonly kind: 'failed'; readonly fault: Fault };
