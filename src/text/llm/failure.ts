/** How asking a language model can fail: a closed list of codes, as plain values. Whoever asked keeps the local profile. */

export interface LlmFailure {
  readonly code:
    | 'rate-limited' // 429, after waiting for it as well
    | 'timeout' // no whole answer in time, or so says a gateway
    | 'unreachable' // no connection
    | 'server-error' // any other 5xx, again and again
    | 'refused' // 400, 413, 422: this text is not to its liking
    | 'not-let-in' // any other status: address, key, model, or credit
    | 'bad-answer' // an answer that breaks off, is too large, or is not what was asked for
    | 'too-long' // this text alone can cost more than a whole day may
    | 'claimed' // another process is asking about the same text
    | 'budget-spent' // the day's dollars do not bear one more question
    | 'overloaded' // as many questions wait as may
    | 'storage-failed' // what is spent cannot be written down: nothing is spent
    | 'storage-broken' // likewise, until the process is started anew
    | 'closed'; // the reader was closed before the answer came
  /** For a person who reads the log, e.g. `HTTP 503`: our own words, never those of the endpoint, which may repeat a key. */
  readonly detail: string;
  /** What the endpoint asked for by Retry-After, bounded; 0 when it did not. */
  readonly retryAfterMs: number;
}

export type LlmResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: LlmFailure };

export const failure = (code: LlmFailure['code'], detail: string, retryAfterMs = 0): LlmFailure => ({
  code,
  detail,
  retryAfterMs,
});
