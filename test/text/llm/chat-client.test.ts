/** The client against a real endpoint that fails in every way we know of: always a value, in time, and never the key. */

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import {
  createChatClient,
  type ChatClient,
  type ChatReply,
  type ChatRequest,
} from '../../../src/text/llm/chat-client.js';
import { completion, startChat, type ChatServer, type Reply } from './chat-server.js';

const KEY = 'sk-a-very-secret-key-4711';
const request: ChatRequest = {
  messages: [
    { role: 'system', content: 'Answer in JSON.' },
    { role: 'user', content: '{"likes": "westerns"}' },
  ],
  tokensMax: 50,
  schema: { name: 'taste', schema: { type: 'object' } },
};

let server: ChatServer | undefined;
let client: ChatClient | undefined;

afterEach(async () => {
  client?.close();
  await server?.close();
  server = client = undefined;
});

async function serve(reply: Reply, timeoutMs = 5_000): Promise<ChatClient> {
  server = await startChat(reply);
  client = createChatClient({ url: server.url, key: KEY, model: 'tiny', timeoutMs });
  return client;
}

/** Status alone, with a body that repeats the key as some endpoints do. */
const status = (response: ServerResponse, code: number, headers: Record<string, string> = {}): null => {
  response.writeHead(code, headers).end(JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } }));
  return null;
};

const codeOf = ({ answer }: ChatReply): string => (answer.ok ? 'ok' : answer.failure.code);

test('a question goes out as the protocol wants it, and text and tokens come back', async () => {
  const chat = await serve(() => completion('{"a":1}'));
  expect(await chat.ask(request)).toEqual({
    answer: { ok: true, value: '{"a":1}' },
    usage: { input: 700, output: 60 },
  });
  const asked = server!.asked[0]!;
  expect(asked.path).toBe('/v1/chat/completions');
  expect(asked.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' });
  expect(JSON.parse(asked.body)).toEqual({
    ...{ model: 'tiny', messages: request.messages, temperature: 0, max_tokens: 50 },
    response_format: { type: 'json_schema', json_schema: { name: 'taste', schema: { type: 'object' }, strict: true } },
  });
  expect(asked.body).not.toContain(KEY);
  expect(chat.atMost(request)).toEqual({ input: Buffer.byteLength(asked.body), output: 50 });
});

test('an endpoint without a key is asked without one', async () => {
  server = await startChat(() => completion('{}'));
  client = createChatClient({ url: `${server.url}/`, key: undefined, model: 'tiny', timeoutMs: 5_000 });
  expect(codeOf(await client.ask(request))).toBe('ok');
  expect(server.asked[0]!.headers.authorization).toBeUndefined();
  expect(server.asked[0]!.path).toBe('/v1/chat/completions');
});

test('an endpoint that knows no schemas is asked again without one, for this question alone', async () => {
  const chat = await serve((asked, response) => (asked.hasSchema ? status(response, 400) : completion('{}')));
  expect(codeOf(await chat.ask(request))).toBe('ok');
  expect(codeOf(await chat.ask(request))).toBe('ok');
  expect(server!.asked.map(({ hasSchema }) => hasSchema)).toEqual([true, false, true, false]);
});

test('429 is waited for as long as it says', async () => {
  const chat = await serve((_, response) =>
    server!.asked.length === 1 ? status(response, 429, { 'retry-after': '1' }) : completion('{}'),
  );
  const startMs = performance.now();
  expect(codeOf(await chat.ask(request))).toBe('ok');
  expect(performance.now() - startMs).toBeGreaterThan(990);
  expect(server!.asked).toHaveLength(2);
});

test('429 for longer than a question may last fails at once, with the time', async () => {
  const chat = await serve((_, response) => status(response, 429, { 'retry-after': '120' }));
  const { answer, usage } = await chat.ask(request);
  expect(answer).toEqual({
    ok: false,
    failure: { code: 'rate-limited', detail: 'HTTP 429', retryAfterMs: 120_000 },
  });
  expect(usage).toEqual({ input: 0, output: 0 });
  expect(server!.asked).toHaveLength(1);
});

test('5xx is asked three times, ever later, and costs nothing', async () => {
  const timesMs: number[] = [];
  const chat = await serve((_, response) => {
    timesMs.push(performance.now());
    return status(response, 503);
  });
  const reply = await chat.ask(request);
  expect(reply).toEqual({
    answer: { ok: false, failure: { code: 'server-error', detail: 'HTTP 503', retryAfterMs: 0 } },
    usage: { input: 0, output: 0 },
  });
  expect(timesMs).toHaveLength(3);
  expect(timesMs[2]! - timesMs[1]!).toBeGreaterThan(timesMs[1]! - timesMs[0]!);
});

test.each([502, 504, 520, 524])(
  '%i of a gateway is as a timeout: the model may have been asked, and paid',
  async (code) => {
    const chat = await serve((_, response) => status(response, code));
    expect(await chat.ask(request)).toEqual({
      answer: { ok: false, failure: { code: 'timeout', detail: `HTTP ${code}`, retryAfterMs: 0 } },
      usage: null,
    });
    expect(server!.asked).toHaveLength(1);
  },
);

test.each([302, 401, 402, 403, 404])('%i is of the set-up, not of the text, and is not asked again', async (code) => {
  const chat = await serve((_, response) => status(response, code, { location: 'http://127.0.0.1:1/' }));
  expect(codeOf(await chat.ask(request))).toBe('not-let-in');
  expect(server!.asked).toHaveLength(1);
});

test.each([400, 413, 422])('%i is of the text', async (code) => {
  const chat = await serve((_, response) => status(response, code));
  expect(await chat.ask(request)).toMatchObject({
    answer: { failure: { code: 'refused', detail: `HTTP ${code}` } },
    usage: { input: 0, output: 0 },
  });
});

/** Not asked again, because it may have been paid for; what was, nobody knows. */
const broken: [string, string, Reply][] = [
  ['silence', 'timeout', () => undefined],
  ['a body that never ends', 'timeout', (_, response) => void response.write('{"choices":[')],
  ['JSON that breaks off', 'bad-answer', (_, response) => void response.end('{"choices":[{"mess')],
  ['no JSON', 'bad-answer', (_, response) => void response.end('<html>')],
  ['another schema', 'bad-answer', () => ({ result: 'fine' })],
  ['no choices', 'bad-answer', () => ({ choices: [] })],
  ['a connection reset', 'bad-answer', (_, response) => void response.socket!.resetAndDestroy()],
  [
    'a connection reset within the body',
    'bad-answer',
    (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"choices":', () => response.socket!.destroy());
      return undefined;
    },
  ],
  ['a huge body', 'bad-answer', () => completion('x'.repeat(1 << 20))],
];

test.each(broken)('%s is %s', async (_, code, reply) => {
  const chat = await serve(reply, 300);
  const startMs = performance.now();
  const answer = await chat.ask(request);
  expect(codeOf(answer)).toBe(code);
  expect(answer.usage).toBeNull();
  expect(performance.now() - startMs).toBeLessThan(2_000);
  expect(server!.asked).toHaveLength(1);
});

test('a refusal in words is a bad answer whose cost is known', async () => {
  const chat = await serve(() => ({ ...completion(''), choices: [{ message: { content: null, refusal: 'No.' } }] }));
  const reply = await chat.ask(request);
  expect(codeOf(reply)).toBe('bad-answer');
  expect(reply.usage).toEqual({ input: 700, output: 60 });
});

test.each([
  undefined,
  {},
  { prompt_tokens: -5, completion_tokens: 1 },
  { prompt_tokens: '700', completion_tokens: 60 },
])('usage %j is not known', async (usage) => {
  const chat = await serve(() => ({ ...completion('{}'), usage }));
  expect(await chat.ask(request)).toEqual({ answer: { ok: true, value: '{}' }, usage: null });
});

test('nobody there is unreachable', async () => {
  const chat = await serve(() => completion('{}'));
  await server!.close();
  const reply = await chat.ask(request);
  expect(reply).toMatchObject({ answer: { failure: { code: 'unreachable', detail: 'ECONNREFUSED' } } });
  expect(reply.usage).toEqual({ input: 0, output: 0 });
  server = undefined;
});

test('a connection that ends with the code of one that never was has been one: it may have been paid for', async () => {
  const chat = await serve(() => completion('{}'));
  // No test can wait until TCP gives up.
  const gaveUp = Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause: gaveUp })));
  expect(await chat.ask(request).finally(() => vi.unstubAllGlobals())).toMatchObject({
    answer: { failure: { code: 'bad-answer', detail: 'ETIMEDOUT' } },
    usage: null,
  });
});

test('closing ends a question that waits for an answer, and one that waits to ask again', async () => {
  const chat = await serve((_, response) => (server!.asked.length === 1 ? undefined : status(response, 500)));
  const questions = [chat.ask(request), chat.ask(request)];
  while (server!.asked.length < 2) await sleep(5);
  const startMs = performance.now();
  chat.close();
  expect((await Promise.all(questions)).map(codeOf)).toEqual(['closed', 'closed']);
  expect(performance.now() - startMs).toBeLessThan(400);
  expect(codeOf(await chat.ask(request))).toBe('closed');
});

test('no failure holds the key, whatever the endpoint repeats', async () => {
  const replies: Reply[] = [
    ...[302, 400, 401, 429].map<Reply>((code) => (_, response) => status(response, code, { 'retry-after': '99' })),
    (_, response) => void response.end(KEY),
    (_, response) => void response.writeHead(200, { 'retry-after': KEY }).end(`{"choices":"${KEY}"}`),
  ];
  for (const reply of replies) {
    const chat = await serve(reply);
    expect(JSON.stringify(await chat.ask(request))).not.toContain(KEY);
    chat.close();
    await server!.close();
  }
  server = undefined;
});

test('a key that no header can carry is refused without being named', () => {
  const make = (): ChatClient => createChatClient({ url: 'http://x/v1', key: `${KEY}\n`, model: 'm', timeoutMs: 1 });
  expect(make).toThrow(/a key has no blanks/);
  expect(make).not.toThrow(KEY);
});
