/** The public paths: one function from a request to its handler. */

import type { Recommend } from './recommend.js';
import type { Readiness } from './readiness.js';
import type { Exchange, Handler, Reply } from './transport.js';

const RECOMMEND = '/recommend/';
const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

const plain = (status: Reply['status'], body: string, headers: readonly string[] = []): Reply => ({
  status,
  contentType: TEXT,
  headers,
  body,
});

const alive = plain(200, 'ok');
const notFound = plain(404, 'not found');
const notAllowed = plain(405, 'method not allowed', ['Allow', 'GET, HEAD']);

export function createRoutes(recommend: Recommend, readiness: () => Readiness): Handler {
  const ready = (exchange: Exchange): void => {
    const state = readiness();
    const status = state.ready ? 200 : 503;
    exchange.send({ status, contentType: JSON_TYPE, headers: [], body: JSON.stringify(state) });
  };

  return (method, path, exchange) => {
    const known = path.startsWith(RECOMMEND) || path === '/healthz' || path === '/readyz';
    if (!known) exchange.send(notFound);
    else if (method !== 'GET' && method !== 'HEAD') exchange.send(notAllowed);
    else if (path === '/healthz') exchange.send(alive);
    else if (path === '/readyz') ready(exchange);
    else recommend(path.slice(RECOMMEND.length), exchange);
  };
}
