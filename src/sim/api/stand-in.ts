/** Stands in for the site's look-up APIs on a port of this machine; how badly it behaves can be changed while it runs. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo, parsePath, type ApiAnswer, type Lookups } from './answers.js';
import { goodBehaviour, type ApiBehaviour } from './behaviour.js';
import type { ApiStyle } from './records.js';
import type { SimFilm } from '../catalogue/films.js';
import { drawsOf, oneOf } from '../mix.js';
import type { SimUser } from '../viewers/users.js';
import type { SimWorld } from '../world.js';

export interface ApiStandInOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly style?: ApiStyle;
  /** Which films it knows; those of the world unless said. */
  readonly film?: (id: string) => SimFilm | undefined;
  /** People that the world did not invent, asked for before its own users. */
  readonly user?: (id: number) => SimUser | undefined;
  /** Takes requests that are not for the look-up APIs: whatever it says yes to, it answers, and how the APIs behave is not its concern. */
  readonly page?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly behaviour?: Partial<ApiBehaviour>;
}

export interface ApiStandIn {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Changes what is named; done when the port is open or closed as asked. */
  behave(change: Partial<ApiBehaviour>): Promise<void>;
  /** Requests that reached it since it started, ids asked for, and answers by status. */
  readonly counts: ApiCounts;
  close(): Promise<void>;
}

export interface ApiCounts {
  requests: number;
  films: number;
  users: number;
  readonly answers: Record<number, number>;
}

export async function startApiStandIn(world: SimWorld, options: ApiStandInOptions = {}): Promise<ApiStandIn> {
  const { style = 'new', film = (id: string) => filmIn(world, id) } = options;
  const draws = drawsOf(world.seed, 'api');
  const userOf = (id: number): SimUser | undefined => options.user?.(id) ?? world.user(id);
  const lookups: Lookups = { film, user: (id) => (/^[1-9]\d{0,9}$/.test(id) ? userOf(Number(id)) : undefined) };
  const counts: ApiCounts = { requests: 0, films: 0, users: 0, answers: {} };
  const bucket = tokenBucket();
  let behaviour: ApiBehaviour = { ...goodBehaviour, ...options.behaviour };

  function answer(method: string, path: string): ApiAnswer {
    const waitMs = bucket.take(behaviour.requestsPerSecondMax);
    if (waitMs > 0) {
      const headers = { 'retry-after': String(Math.ceil(waitMs / 1000)) };
      return { status: 429, headers, body: { message: 'too many requests' } };
    }
    if (draws.uniform() < behaviour.errorShare) {
      return { status: oneOf(draws, [500, 502, 503]), body: { message: 'internal error' } };
    }
    const asked = method === 'GET' ? parsePath(path) : undefined;
    if (asked === undefined) return { status: 404, body: { message: 'no such path' } };
    counts[asked.kind === 'film' ? 'films' : 'users'] += asked.ids.length;
    return answerTo(asked, lookups, style, behaviour, draws);
  }

  /** A little later where it is told to be slow; whoever has gone by then gets nothing. */
  function sendInTime(response: ServerResponse, answered: ApiAnswer): void {
    if (behaviour.delayMs === 0) return send(response, answered);
    setTimeout(() => {
      if (!response.destroyed) send(response, answered);
    }, behaviour.delayMs).unref();
  }

  function send(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
    counts.answers[status] = (counts.answers[status] ?? 0) + 1;
    const text = Buffer.from(JSON.stringify(body));
    const cut = draws.uniform() < behaviour.truncatedShare;
    const sent = cut ? text.subarray(0, text.length >> 1) : text;
    const breaks = cut && draws.uniform() < 0.5;
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': breaks ? text.length : sent.length,
      ...headers,
    });
    if (breaks) response.write(sent, () => response.destroy());
    else response.end(sent);
  }

  const server = createServer((request, response) => {
    if (options.page?.(request, response) === true) return;
    counts.requests++;
    if (behaviour.state !== 'hanging') sendInTime(response, answer(request.method ?? '', request.url ?? ''));
  });

  async function open(port: number): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function close(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  await open(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  if (behaviour.state === 'refusing') await close();
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    behave: async (change) => {
      behaviour = { ...behaviour, ...change };
      if (behaviour.state === 'refusing') await close();
      else if (!server.listening) await open(port);
    },
    close,
  };
}

function filmIn(world: SimWorld, id: string): SimFilm | undefined {
  const index = world.indexOf(id);
  return index === undefined ? undefined : world.film(index);
}

/** Fills by `perSecond` tokens a second up to as many; `take` gives the milliseconds to wait, 0 when a token was there. */
function tokenBucket(): { take(perSecond: number): number } {
  let tokens = Infinity;
  let filledAt = performance.now();
  return {
    take: (perSecond) => {
      if (perSecond === Infinity) return 0;
      const now = performance.now();
      const capacity = Math.max(1, perSecond);
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) return ((1 - tokens) / perSecond) * 1000;
      tokens--;
      return 0;
    },
  };
}
