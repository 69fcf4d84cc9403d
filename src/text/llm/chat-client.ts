/**
 * Asks a language model over the protocol that OpenAI's chat completions made common: `POST <base>/chat/completions`. Waits and
 * asks again after 429 and 5xx, but for those of a gateway: these and any other failure end the question, since it may have been
 * paid for.
 */

import type { HttpAnswer } from '../../core/http-exchange.js';
import { parseJson } from '../../core/json.js';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { postJson } from './chat-http.js';
import { failure, type LlmFailure, type LlmResult } from './failure.js';

export interface ChatOptions {
  /** Without the path of the call, e.g. `https://llm.example/v1`. */
  readonly url: string;
  /** A secret; undefined for an endpoint that asks for none. */
  readonly key: string | undefined;
  readonly model: string;
  /** From a request to the last byte of its answer. */
  readonly timeoutMs: number;
}

export interface ChatRequest {
  readonly messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[];
  /** The most that it may answer. */
  readonly tokensMax: number;
  /** JSON schema of the answer, for endpoints that hold their models to one. */
  readonly schema: { readonly name: string; readonly schema: object };
}

/** In tokens. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
}

export interface ChatReply {
  readonly answer: LlmResult<string>;
  /** What was paid for; null when that is not known. */
  readonly usage: TokenUsage | null;
}

export interface ChatClient {
  readonly model: string;
  /** The most tokens that a question can cost: none is shorter than a byte of the request. */
  atMost(request: ChatRequest): TokenUsage;
  /** No question takes longer, in milliseconds. */
  readonly longestMs: number;
  ask(request: ChatRequest): Promise<ChatReply>;
  /** Ends the questions in flight; every later one fails at once. */
  close(): void;
}

const ATTEMPTS_MAX = 3;
const PAUSE_MS_FIRST = 500;
/** Who asks for a longer pause is left alone: the question fails. */
const PAUSE_MS_MAX = 30_000;
/** How endpoints say that they know no schemas; they may also mean the text. */
const NOT_UNDERSTOOD = [400, 422];
/** What can be said of a text; any other refusal is of address, key, model or credit. */
const OF_TEXTS = [...NOT_UNDERSTOOD, 413];
/** What a gateway says when no answer came from behind it: nobody knows whether the model was asked. */
const isGateways = (status: number): boolean => [502, 504].includes(status) || (status >= 520 && status <= 527);
const NOTHING: TokenUsage = { input: 0, output: 0 };

const tokens = z.int().min(0).max(1e9);
const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
});

export function createChatClient({ url, key, model, timeoutMs }: ChatOptions): ChatClient {
  // The assertion must not print it.
  assert(key === undefined || /^[\x21-\x7e]+$/.test(key), 'a key has no blanks and no letters beyond ASCII');
  const address = `${url.replace(/\/$/, '')}/chat/completions`;
  const closing = new AbortController();

  const bodyOf = ({ messages, tokensMax, schema }: ChatRequest, hasSchema: boolean): string =>
    JSON.stringify({
      ...{ model, messages, temperature: 0, max_tokens: tokensMax },
      ...(hasSchema && { response_format: { type: 'json_schema', json_schema: { ...schema, strict: true } } }),
    });

  async function post(body: string): Promise<HttpAnswer | LlmFailure> {
    for (let attempt = 1; ; attempt++) {
      const answer = await postJson(address, key, body, timeoutMs, closing.signal);
      const isFree =
        'status' in answer && (answer.status === 429 || (answer.status >= 500 && !isGateways(answer.status)));
      if (!isFree || attempt === ATTEMPTS_MAX) return answer;
      const pauseMs = Math.max(answer.retryAfterMs, PAUSE_MS_FIRST * 2 ** (attempt - 1));
      if (pauseMs > PAUSE_MS_MAX) return answer;
      // Closing ends the wait; the request then fails at once.
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    model,
    // With the schema and without.
    longestMs: 2 * (ATTEMPTS_MAX * timeoutMs + (ATTEMPTS_MAX - 1) * PAUSE_MS_MAX),
    atMost: (request) => ({ input: Buffer.byteLength(bodyOf(request, true)), output: request.tokensMax }),
    ask: async (request) => {
      const answer = await post(bodyOf(request, true));
      // Decided anew for each question: what one text brings about must not reach the next.
      const isUnderstood = !('status' in answer) || !NOT_UNDERSTOOD.includes(answer.status);
      const { answer: said, usage } = replyOf(isUnderstood ? answer : await post(bodyOf(request, false)));
      // No model knows it, but a proxy that shows what it was sent does: it must not get into what is kept.
      const isLeak = said.ok && key !== undefined && said.value.includes(key);
      return { answer: isLeak ? { ok: false, failure: failure('bad-answer', 'an answer with the key') } : said, usage };
    },
    close: () => closing.abort(),
  };
}

function replyOf(answer: HttpAnswer | LlmFailure): ChatReply {
  const failed = (why: LlmFailure, usage: TokenUsage | null): ChatReply => ({
    answer: { ok: false, failure: why },
    usage,
  });
  if ('code' in answer) return failed(answer, answer.code === 'unreachable' ? NOTHING : null);

  const { status, retryAfterMs, body } = answer;
  if (status === 429) return failed(failure('rate-limited', 'HTTP 429', retryAfterMs), NOTHING);
  if (isGateways(status)) return failed(failure('timeout', `HTTP ${status}`, retryAfterMs), null);
  if (status >= 500) return failed(failure('server-error', `HTTP ${status}`, retryAfterMs), NOTHING);
  if (OF_TEXTS.includes(status)) return failed(failure('refused', `HTTP ${status}`), NOTHING);
  if (status < 200 || status >= 300) return failed(failure('not-let-in', `HTTP ${status}`, retryAfterMs), NOTHING);

  const { data } = completion.safeParse(parseJson(body));
  if (data === undefined) return failed(failure('bad-answer', 'no chat completion'), null);
  const usage = data.usage ? { input: data.usage.prompt_tokens, output: data.usage.completion_tokens } : null;
  const content = data.choices[0]!.message.content;
  if (typeof content !== 'string') return failed(failure('bad-answer', 'a chat completion without text'), usage);
  return { answer: { ok: true, value: content }, usage };
}
