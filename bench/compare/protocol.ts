/** What a comparison and its two sides tell each other: a first word, then for each 'lap' that is asked its readings. */

import type { Better } from '../harness/rows.js';

/** A build of another day may lack an instrument. */
export type FirstWord = 'ready' | 'unknown instrument';

/** One figure of one lap; the same names in the same order every time. */
export interface Reading {
  readonly name: string;
  readonly unit: string;
  readonly better: Better;
  readonly value: number;
}

/** Something that can be measured again and again without any peer. */
export interface Instrument {
  lap(): Promise<Reading[]>;
  close(): Promise<void>;
}
