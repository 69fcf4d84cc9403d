/** One POST to a chat endpoint: an answer, or why there is none. */

import { codeOf, exchange, type HttpAnswer, type HttpFailure } from '../../core/http-exchange.js';
import { failure, type LlmFailure } from './failure.js';

const BODY_BYTES_MAX = 256 * 1024;

/** What a refusal says may repeat the key. */
const reads = (status: number): boolean => status >= 200 && status < 300;

/** @param key a secret: it goes into the header and nowhere else; undefined for an endpoint that asks for none */
export async function postJson(
  url: string,
  key: string | undefined,
  body: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<HttpAnswer | LlmFailure> {
  const headers = { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  const question = { method: 'POST', headers, body };
  const answer = await exchange(url, question, { timeoutMs, bytesMax: BODY_BYTES_MAX, closing, reads });
  return 'kind' in answer ? failureOf(answer, timeoutMs) : answer;
}

/** The code alone: messages of fetch may quote headers. */
function failureOf({ kind, error }: HttpFailure, timeoutMs: number): LlmFailure {
  switch (kind) {
    case 'closed':
      return failure('closed', 'closed while it was asked');
    case 'timeout':
      return failure('timeout', `no answer within ${timeoutMs} ms`);
    case 'too-large':
      return failure('bad-answer', `a body above ${BODY_BYTES_MAX} bytes`);
    case 'no-connection':
      return failure('unreachable', codeOf(error)!);
    case 'broken':
      return failure('bad-answer', codeOf(error) ?? 'the connection broke');
  }
}
