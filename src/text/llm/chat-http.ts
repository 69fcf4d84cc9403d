/** One POST to a chat endpoint within bounds: whatever the other side does, it ends in time, in little memory, and as a value. */

import { failure, type LlmFailure } from './failure.js';

const BODY_BYTES_MAX = 256 * 1024;
const RETRY_AFTER_MS_MAX = 600_000;

export interface HttpAnswer {
  readonly status: number;
  /** 0 when the answer does not say. */
  readonly retryAfterMs: number;
  /** Empty unless the status is 2xx: what a refusal says may repeat the key. */
  readonly body: string;
}

/** How fetch says that it got no connection; any other code means that one broke, perhaps after the question was read. */
const NO_CONNECTION = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** @param key a secret: it goes into the header and nowhere else; undefined for an endpoint that asks for none */
export async function postJson(
  url: string,
  key: string | undefined,
  body: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<HttpAnswer | LlmFailure> {
  const request = new AbortController();
  const abort = (): void => request.abort();
  const timer = setTimeout(abort, timeoutMs);
  closing.addEventListener('abort', abort);
  if (closing.aborted) abort();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
      body,
      redirect: 'manual', // else the question would follow wherever it is sent
      signal: request.signal,
    });
    const { status, headers } = response;
    if (!response.ok) void response.body?.cancel().catch(() => undefined);
    const text = response.ok ? await readBody(response) : '';
    if (text === null) return failure('bad-answer', `a body above ${BODY_BYTES_MAX} bytes`);
    return { status, retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()), body: text };
  } catch (error) {
    if (closing.aborted) return failure('closed', 'closed while it was asked');
    if (request.signal.aborted) return failure('timeout', `no answer within ${timeoutMs} ms`);
    const code = codeOf(error);
    return failure(NO_CONNECTION.has(code) ? 'unreachable' : 'bad-answer', code);
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
function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const waitMs = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? 0 : Math.min(RETRY_AFTER_MS_MAX, Math.max(0, waitMs));
}

/** The code alone: messages of fetch may quote headers. */
function codeOf(error: unknown): string {
  const code = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'the connection broke';
}
