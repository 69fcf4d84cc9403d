/** One GET of a look-up API: an answer, or why there is none. */

import { codeOf, exchange, type HttpAnswer, type HttpFailure } from '../core/http-exchange.js';
import type { LookupFailure } from './lookup-outcome.js';

const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** Empty bodies for a redirect, for 429 and from 500 on: nobody reads them. */
const reads = (status: number): boolean => status !== 429 && status < 500 && (status < 300 || status >= 400);

export async function getAnswer(
  url: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<HttpAnswer | LookupFailure> {
  const answer = await exchange(url, {}, { timeoutMs, bytesMax: BODY_BYTES_MAX, closing, reads });
  return 'kind' in answer ? { ...failureOf(answer, timeoutMs), retryAfterMs: 0 } : answer;
}

function failureOf({ kind, error }: HttpFailure, timeoutMs: number): Pick<LookupFailure, 'code' | 'detail'> {
  switch (kind) {
    case 'closed':
      return { code: 'unreachable', detail: 'closed' };
    case 'timeout':
      return { code: 'timeout', detail: `no answer within ${timeoutMs} ms` };
    case 'too-large':
      return { code: 'bad-answer', detail: `a body above ${BODY_BYTES_MAX} bytes` };
    case 'no-connection':
      return { code: 'unreachable', detail: reasonOf(error) };
    case 'broken':
      return { code: 'bad-answer', detail: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const causeMessage = (cause as { readonly message?: string } | undefined)?.message;
  return codeOf(error) ?? (causeMessage === undefined || causeMessage === '' ? message : causeMessage);
}
