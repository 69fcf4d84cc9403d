/** What a comparison and its two sides tell each other: 'ready', then for each 'lap' its readings. */

import type { Better } from '../harness/rows.js';

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
