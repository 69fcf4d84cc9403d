/** Asks one of the customer's look-up APIs: in lists as long as it takes them, no faster than it bears, and bounded in all. */

import type { HttpAnswer } from '../core/http-exchange.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { upstream } from '../core/channels.js';
import type { LookupKind } from '../store/lookups.js';
import { failedOutcome, readAnswer } from './api-answer.js';
import { getAnswer } from './http-answer.js';
import type { LookupFailure, LookupOutcome } from './lookup-outcome.js';
import { tokenBucket } from './token-bucket.js';

export const LIST_IDS_MAX = 200;
const LIST_CHARS_MAX = 6_000;

export interface ApiOptions {
  readonly kind: LookupKind;
  /** Without the path, e.g. `http://films.example:8080`. */
  readonly url: string;
  /** The most requests a second. */
  readonly rate: number;
  /** From the request to the last byte of its answer. */
  readonly timeoutMs: number;
}

export interface ApiClient {
  readonly kind: LookupKind;
  /** One call at a time. Waits for its turn, then asks; the first failure ends it, and what was not asked for is open. */
  look(ids: readonly string[]): Promise<LookupOutcome>;
  /** Requests so far, by HTTP status, or by failure where there was no answer that could be read. */
  requests(): ReadonlyMap<string, number>;
  /** Ends the request in flight; every later one fails at once. */
  close(): void;
}

const paths: Readonly<Record<LookupKind, string>> = { film: 'movie', user: 'user' };

/** A URL cannot say these as the last part of its path, whatever the escape: nobody can have such a film. */
const isAskable = (id: string): boolean => id !== '.' && id !== '..';

/** Cuts ids into lists that one URL can carry; each id once. */
export function listsOf(ids: readonly string[]): string[][] {
  const lists: string[][] = [];
  let chars = 0;
  for (const id of new Set(ids)) {
    const more = encodeURIComponent(id).length + 1;
    const list = lists.at(-1);
    if (list === undefined || list.length === LIST_IDS_MAX || chars + more > LIST_CHARS_MAX) {
      lists.push([id]);
      chars = more;
    } else {
      list.push(id);
      chars += more;
    }
  }
  return lists;
}

export function createApiClient({ kind, url, rate, timeoutMs }: ApiOptions): ApiClient {
  const address = `${url.replace(/\/$/, '')}/${paths[kind]}/`;
  const bucket = tokenBucket(rate, performance.now());
  const closing = new AbortController();
  const requests = new Map<string, number>();

  async function turn(): Promise<void> {
    for (let waitMs = bucket.take(performance.now()); waitMs > 0; waitMs = bucket.take(performance.now())) {
      // Closing ends the wait; the request then fails at once.
      if (closing.signal.aborted) return;
      await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function ask(ids: readonly string[]): Promise<LookupOutcome> {
    await turn();
    const answer = await getAnswer(address + ids.map(encodeURIComponent).join(','), timeoutMs, closing.signal);
    const outcome = 'status' in answer ? readAnswer(kind, ids, answer) : failedOutcome(ids, answer);
    const code = codeOf(answer, outcome);
    requests.set(code, (requests.get(code) ?? 0) + 1);
    upstream.publish({ api: kind, code });
    if (outcome.failure?.code === 'rate-limited') bucket.throttled(performance.now());
    else if (outcome.failure === undefined) bucket.answered();
    return outcome;
  }

  return {
    kind,
    look: async (ids) => {
      const outcomes: LookupOutcome[] = [];
      for (const list of listsOf(ids.filter(isAskable))) {
        const failure = outcomes.at(-1)?.failure;
        outcomes.push(failure === undefined ? await ask(list) : failedOutcome(list, failure));
      }
      return joined(
        outcomes,
        ids.filter((id) => !isAskable(id)),
      );
    },
    requests: () => requests,
    close: () => closing.abort(),
  };
}

/** A status that speaks for itself; else, of an answer that cannot be used, why. */
function codeOf(answer: HttpAnswer | LookupFailure, { failure }: LookupOutcome): string {
  if (!('status' in answer)) return answer.code;
  return failure === undefined || answer.status >= 300 ? String(answer.status) : failure.code;
}

function joined(outcomes: readonly LookupOutcome[], impossible: readonly string[]): LookupOutcome {
  const failure = outcomes.at(-1)?.failure;
  return {
    found: new Map(outcomes.flatMap(({ found }) => [...found])),
    missing: [...impossible, ...outcomes.flatMap(({ missing }) => missing)],
    open: outcomes.flatMap(({ open }) => open),
    violations: outcomes.flatMap(({ violations }) => violations),
    ...(failure !== undefined && { failure }),
  };
}
