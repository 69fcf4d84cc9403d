/** One GET within bounds: whatever the other side does, it ends in time, in little memory, and as a value. */

import type { LookupFailure } from './lookup-outcome.js';

const BODY_BYTES_MAX = 16 * 1024 * 1024;
const RETRY_AFTER_MS_MAX = 600_000;

export interface HttpAnswer {
  readonly status: number;
  /** 0 when the answer does not say. */
  readonly retryAfterMs: number;
  /** Empty for a redirect, for 429 and from 500 on: nobody reads it. */
  readonly body: string;
}

/** How fetch says that it got no connection; any other code means that one broke. */
const NO_CONNECTION = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

const failure = (code: LookupFailure['code'], detail: string): LookupFailure => ({ code, retryAfterMs: 0, detail });

export async function getAnswer(
  url: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<HttpAnswer | LookupFailure> {
  const request = new AbortController();
  const abort = (): void => request.abort();
  const timer = setTimeout(abort, timeoutMs);
  closing.addEventListener('abort', abort);
  if (closing.aborted) abort();
  try {
    const response = await fetch(url, { redirect: 'manual', signal: request.signal });
    const { status, headers } = response;
    const isRead = status !== 429 && status < 500 && (status < 300 || status >= 400);
    if (!isRead) void response.body?.cancel().catch(() => undefined);
    const body = isRead ? await readBody(response) : '';
    if (body === null) return failure('bad-answer', `a body above ${BODY_BYTES_MAX} bytes`);
    return { status, retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()), body };
  } catch (error) {
    if (closing.aborted) return failure('unreachable', 'closed');
    if (request.signal.aborted) return failure('timeout', `no answer within ${timeoutMs} ms`);
    const reason = reasonOf(error);
    return failure(NO_CONNECTION.has(reason) ? 'unreachable' : 'bad-answer', reason);
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', abort);
  }
}

/** Null when it is too large; counted after decompression. */
async function readBody(response: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Typed by hand: the DOM's declaration of a stream does not say that it can be iterated.
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return null; // leaving the loop cancels the stream
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Seconds or an HTTP date; 0 for what is neither. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const waitMs = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? 0 : Math.min(RETRY_AFTER_MS_MAX, Math.max(0, waitMs));
}

/** fetch says only "fetch failed" or "terminated"; the cause says why. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const { code, message: causeMessage } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code ?? (causeMessage === undefined || causeMessage === '' ? message : causeMessage);
}
