/** One HTTP exchange within bounds: whatever the other side does, it ends in time, in little memory, and as a value. */

const RETRY_AFTER_MS_MAX = 600_000;

export interface HttpAnswer {
  readonly status: number;
  /** 0 when the answer does not say. */
  readonly retryAfterMs: number;
  /** Empty where the bounds do not let it be read. */
  readonly body: string;
}

export interface HttpFailure {
  /** `broken`: there was a connection, so that the question may have been read. */
  readonly kind: 'closed' | 'timeout' | 'too-large' | 'no-connection' | 'broken';
  /** What fetch threw; undefined where nothing was thrown. Its messages may quote headers. */
  readonly error: unknown;
}

export interface Bounds {
  readonly timeoutMs: number;
  /** Of the body, after decompression. */
  readonly bytesMax: number;
  readonly closing: AbortSignal;
  /** Whether anybody wants the body of an answer of this status. */
  reads(status: number): boolean;
}

/** How fetch says that it got no connection, unless it was reading or writing; any other code means that one broke. */
const NO_CONNECTION = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Redirects are not followed: else the question would go wherever it is sent. */
export async function exchange(
  url: string,
  init: Pick<RequestInit, 'method' | 'headers' | 'body'>,
  { timeoutMs, bytesMax, closing, reads }: Bounds,
): Promise<HttpAnswer | HttpFailure> {
  const request = new AbortController();
  const abort = (): void => request.abort();
  const timer = setTimeout(abort, timeoutMs);
  closing.addEventListener('abort', abort);
  if (closing.aborted) abort();
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: request.signal });
    const { status, headers } = response;
    if (!reads(status)) void response.body?.cancel().catch(() => undefined);
    const body = reads(status) ? await readBody(response, bytesMax) : '';
    if (body === null) return { kind: 'too-large', error: undefined };
    return { status, retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()), body };
  } catch (error) {
    if (closing.aborted) return { kind: 'closed', error };
    if (request.signal.aborted) return { kind: 'timeout', error };
    return { kind: gotNoConnection(error) ? 'no-connection' : 'broken', error };
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', abort);
  }
}

function gotNoConnection(error: unknown): boolean {
  const { syscall } = (error as { readonly cause?: { readonly syscall?: unknown } }).cause ?? {};
  return NO_CONNECTION.has(codeOf(error) ?? '') && syscall !== 'read' && syscall !== 'write';
}

/** Null when it is too large. */
async function readBody(response: Response, bytesMax: number): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Typed by hand: the DOM's declaration of a stream does not say that it can be iterated.
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) return null; // leaving the loop cancels the stream
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

/** fetch says only "fetch failed" or "terminated"; the code of the cause says why. Undefined where there is none. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : undefined;
}
