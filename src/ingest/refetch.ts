/** When what a look-up once told is old enough to be asked for again. */

import type { LookupKind } from '../store/lookups.js';

const DAY_MS = 86_400_000;

const AGE_MAX_MS: Readonly<Record<LookupKind, number>> = { film: 7 * DAY_MS, user: 30 * DAY_MS };

/** `lookedUpMs` is when the API last told of it, 0 for never. Whoever is outdated waits in the queue's lane `again`. */
export const isOutdated = (kind: LookupKind, lookedUpMs: number, nowMs: number): boolean =>
  nowMs - lookedUpMs > AGE_MAX_MS[kind];
