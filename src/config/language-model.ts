/** The settings of a language model taken together: all that it needs, or none. */

import type { z } from 'zod';
import type { schema } from './settings.js';

/** Prices too: a budget means nothing without them. */
const needed = ['llmUrl', 'llmModel', 'llmInputUsd', 'llmOutputUsd', 'llmDailyUsd'] as const;

/** Names what is missing of a model that is given in part; nothing when it is whole, or none is given. */
export function llmProblems(values: z.output<typeof schema>): string[] {
  const missing = needed.filter((key) => values[key] === undefined);
  const isNone = missing.length === needed.length && values.llmKey === undefined;
  if (missing.length === 0 || isNone) return [];
  return [`a language model is given in part: without ${missing.join(', ')} (it needs all of ${needed.join(', ')})`];
}
