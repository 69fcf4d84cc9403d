/** From a request to the operators' server to its answer: the guard first, then the page, then the API. */

import type { IncomingMessage, RequestListener } from 'node:http';
import type { Page, PageFile } from '../core/web-files.js';
import { openapi } from './admin-openapi.js';
import { adminOperations, type Operation } from './admin-operations.js';
import { json, problem, send, type AdminReply } from './admin-reply.js';
import type { AdminSources } from './admin-sources.js';

type Answer = (request: IncomingMessage) => AdminReply | Promise<AdminReply>;

export function createAdminHandler(
  sources: AdminSources,
  page: Page,
  allowsHost: (hostHeader: string | undefined) => boolean,
): RequestListener {
  const operations = adminOperations(sources);
  const description = json(200, openapi(operations, sources.version().version));

  function find(path: string, query: URLSearchParams): Answer | undefined {
    if (path === '/openapi.json') return () => description;
    const file = page.get(path);
    if (file !== undefined) return (request) => pageReply(request, file);
    for (const operation of operations) {
      const argument = argumentFor(operation, path, query);
      if (argument !== undefined) return () => operation.handle(argument);
    }
    if (path === '/') return () => problem(404, 'the page is not built', 'Run `npm run build:web` and start again.');
    return undefined;
  }

  async function answer(request: IncomingMessage): Promise<AdminReply> {
    if (!allowsHost(request.headers.host)) {
      const hint = 'Ask for localhost or 127.0.0.1, or bind another address with --admin-host.';
      return problem(403, 'this address answers requests for the loopback host only', hint);
    }
    const [path, query] = splitTarget(request.url!);
    const found = find(path, query);
    if (found === undefined) return problem(404, 'there is nothing at this path', 'The paths are in /openapi.json.');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { ...problem(405, 'only GET and HEAD are answered here'), headers: { Allow: 'GET, HEAD' } };
    }
    return found(request);
  }

  async function answerOrAdmit(request: IncomingMessage): Promise<AdminReply> {
    try {
      return await answer(request);
    } catch (error) {
      // A mistake in this program: the operator who met it is the one to tell, and the service goes on.
      return problem(500, `this should not have happened: ${String(error)}`);
    }
  }

  return (request, response) => {
    // No request needs a body; one that comes is drained, so that the connection can go on.
    request.resume();
    void answerOrAdmit(request).then((reply) => send(request, response, reply));
  };
}

function splitTarget(target: string): [path: string, query: URLSearchParams] {
  const start = target.indexOf('?');
  return start < 0
    ? [target, new URLSearchParams()]
    : [target.slice(0, start), new URLSearchParams(target.slice(start + 1))];
}

/** What stands for the operation's parameter; undefined when the path is not the operation's. */
function argumentFor({ path, parameter }: Operation, asked: string, query: URLSearchParams): string | undefined {
  if (parameter?.in !== 'path') return asked === path ? ((parameter && query.get(parameter.name)) ?? '') : undefined;
  const prefix = path.slice(0, path.indexOf('{'));
  return asked.startsWith(prefix) ? asked.slice(prefix.length) : undefined;
}

function pageReply(request: IncomingMessage, { contentType, etag, body }: PageFile): AdminReply {
  // Kept by the browser, and asked for each time whether it is still good: a new build shows at once.
  const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
  const status = request.headers['if-none-match'] === etag ? 304 : 200;
  return { status, contentType, body, headers };
}
