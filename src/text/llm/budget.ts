/**
 * What a language model may cost in a day (UTC). The most that a question can cost is set aside and written down before it is
 * asked, and settled when its cost is known: neither a crash nor several questions at once can spend more than the budget.
 */

import assert from 'node:assert/strict';
import type { TokenUsage } from './chat-client.js';
import type { Spending } from './llm-store.js';

export interface BudgetOptions {
  readonly spending: Spending;
  /** In dollars a day. */
  readonly dailyUsd: number;
  /** In dollars a million tokens; both 0 for an endpoint that costs nothing: then the budget holds nobody back. */
  readonly inputUsd: number;
  readonly outputUsd: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Notes what was paid for: all that was set aside when nobody knows (null). */
export type Settle = (usage: TokenUsage | null) => void;

export interface Budget {
  /** Undefined when what is left of the day does not bear it. Throws `storage-failed`, as settling does. */
  reserve(atMost: TokenUsage): Settle | undefined;
  /** Whether a day on which nothing was spent yet bears it. */
  bears(atMost: TokenUsage): boolean;
  /** Tokens settled since this object was made, and what they cost. */
  tokens(): TokenUsage;
  spentUsd(): number;
}

/** Dollars are counted in billionths, whole ones: sums stay exact. */
const NANO = 1e9;

export function createBudget({ spending, dailyUsd, inputUsd, outputUsd, now }: BudgetOptions): Budget {
  // One that is not a number would hold nobody back.
  assert([dailyUsd, inputUsd, outputUsd].every((usd) => usd >= 0 && Number.isFinite(usd)));
  let total: TokenUsage = { input: 0, output: 0 };
  const limit = Math.round(dailyUsd * NANO);
  const costOf = ({ input, output }: TokenUsage): number => Math.ceil((input * inputUsd + output * outputUsd) * 1e3);

  return {
    reserve: (atMost) => {
      const day = new Date(now()).toISOString().slice(0, 10);
      const most = costOf(atMost);
      if (!spending.add(day, most, limit)) return undefined;
      return (usage) => {
        const paid = usage ?? atMost;
        total = { input: total.input + paid.input, output: total.output + paid.output };
        // Of the day on which it was asked, whatever day it is now.
        spending.add(day, costOf(paid) - most);
      };
    },
    bears: (atMost) => costOf(atMost) <= limit,
    tokens: () => total,
    spentUsd: () => costOf(total) / NANO,
  };
}
