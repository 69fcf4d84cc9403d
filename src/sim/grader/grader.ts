/**
 * Asks the recommender as the site does, over HTTP and with a time-out, and says what the log will say of the answer.
 */

import { Agent, get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { checkList, type FilmIndex, type Verdict } from './check.js';

export interface Answer extends Verdict {
  /** Whole milliseconds from the asking to the last byte, or to giving up. */
  readonly latencyMs: number;
  /** X-Model-Version, undefined where the answer does not say. */
  readonly model: string | undefined;
  /** X-Tier */
  readonly tier: string | undefined;
}

export interface Recommender {
  /** `user` as it goes into the path: it may be anything. */
  ask(user: string): Promise<Answer>;
  close(): Promise<void>;
}

export interface GraderOptions {
  /** `http://host:port` */
  readonly url: string;
  readonly timeoutMs?: number;
  readonly filmIndex: FilmIndex;
}

const TIMEOUT_MS = 600;
/** An answer this late is not shown to anybody, but the log tells of it. */
const GRACE_MS = 20;
/** Twenty of the longest ids are a tenth of it. */
const BODY_BYTES_MAX = 1 << 16;

/** What came back: a whole response, or the error that ended the exchange. */
type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string } | Error;

export function createGrader({ url, timeoutMs = TIMEOUT_MS, filmIndex }: GraderOptions): Recommender {
  const { hostname, port } = new URL(url);
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) };
  const label = `${hostname}:${place.port}`;
  const agent = new Agent({ keepAlive: true });

  function exchange(path: string, signal: AbortSignal): Promise<Reply> {
    return new Promise((resolve) => {
      const request = get({ ...place, path, agent, signal }, (response) => {
        bodyOf(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          (error: unknown) => resolve(error as Error),
        );
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The service had closed the kept connection when the request went into it: any HTTP client asks again.
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(exchange(path, signal));
        else resolve(error);
      });
    });
  }

  async function ask(user: string): Promise<Answer> {
    const started = performance.now();
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), timeoutMs + GRACE_MS);
    const reply = await exchange(pathFor(user), giveUp.signal);
    clearTimeout(timer);
    const tookMs = performance.now() - started;
    const headers = reply instanceof Error ? {} : reply.headers;
    return {
      ...judge(reply, tookMs, giveUp.signal.aborted),
      latencyMs: Math.round(tookMs),
      model: headerOf(headers, 'x-model-version'),
      tier: headerOf(headers, 'x-tier'),
    };
  }

  function judge(reply: Reply, tookMs: number, givenUp: boolean): Verdict {
    if (givenUp) {
      const result = `java.util.concurrent.TimeoutException: Request timeout to ${label} after ${timeoutMs} ms`;
      return { status: 0, films: [], result };
    }
    if (reply instanceof Error) return { status: 0, films: [], result: `${reasonOf(reply)}: ${label}` };
    if (reply.status !== 200) return { status: 500, films: [], result: `HTTP status ${reply.status}` };
    const verdict = checkList(reply.body, filmIndex);
    return tookMs > timeoutMs ? { status: 0, films: [], result: verdict.result } : verdict;
  }

  return {
    ask,
    close: () => {
      agent.destroy();
      return Promise.resolve();
    },
  };
}

/** Raw, as a simple client would send it; only what no request line can hold is percent-encoded. */
const pathFor = (user: string): string =>
  `/recommend/${user.replace(/[^\x21-\x7e]+/g, (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'))}`;

async function bodyOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > BODY_BYTES_MAX) throw new Error('body too long');
  }
  return Buffer.concat(parts).toString('latin1');
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** In words without line ends: what node and its parser say otherwise is a code such as HPE_INVALID_CONSTANT. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'Connection refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'Connection reset';
  return code ?? message;
}
