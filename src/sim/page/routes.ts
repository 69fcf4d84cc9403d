/**
 * The page of the simulated site and its endpoints, on the port of the look-up APIs:
 *
 *   GET  /                              the page and its files
 *   GET  /site                          what there is: occupations, rating scale, films
 *   GET  /site/films?q=<words>          films by words of their titles
 *   POST /site/sign-up                  {age, gender, occupation, likes, dislikes} → a person with a user id
 *   GET  /site/<user>                   what this person did
 *   GET  /site/<user>/recommendations   asks the recommender, and the log tells of it
 *   POST /site/<user>/watch             {film, minutes} → what this person did
 *   POST /site/<user>/rate              {film, rating} → what this person did
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { readPage } from '../../core/web-files.js';
import { refusalOfHost, refusalOfOrigin } from './guard.js';
import { siteOperations, type SiteParts } from './operations.js';
import { fileReply, refuse, send, type Reply } from './reply.js';

export interface SitePageParts extends SiteParts {
  /** Of the built web files; read once. */
  readonly pageFolder: string;
}

/** Answers a request if it is the page's, and says whether it is. */
export type SitePage = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createSitePage({ pageFolder, ...parts }: SitePageParts): SitePage {
  const files = readPage(pageFolder, 'site.html');
  const operations = siteOperations(parts);

  function answer(request: IncomingMessage, path: string, query: string): Reply | Promise<Reply> {
    const refusal = refusalOfHost(request);
    if (refusal !== undefined) return refusal;
    const file = files.get(path);
    const there = operations.filter((operation) => operation.path.test(path));
    const methods = file === undefined ? there.map(({ method }) => method) : ['GET', 'HEAD'];
    if (methods.length === 0) return path === '/' ? notBuilt : refuse(404, 'there is nothing at this path');
    if (!methods.includes(request.method ?? '')) {
      const allowed = methods.join(', ');
      return { ...refuse(405, `only ${allowed} is answered here`), headers: { Allow: allowed } };
    }
    if (file !== undefined) return fileReply(file, request.headers['if-none-match']);
    const operation = there.find(({ method }) => method === request.method)!;
    const user = Number(operation.path.exec(path)![1] ?? 0);
    return refusalOfOrigin(request) ?? operation.answer({ request, user, query: new URLSearchParams(query) });
  }

  async function answerOrAdmit(request: IncomingMessage, path: string, query: string): Promise<Reply> {
    try {
      return await answer(request, path, query);
    } catch (error) {
      return refuse(500, `this should not have happened: ${String(error)}`);
    }
  }

  return (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (path !== '/' && path !== '/site' && !path.startsWith('/site/') && !files.has(path)) return false;
    void answerOrAdmit(request, path, query).then((reply) => send(response, reply));
    return true;
  };
}

const notBuilt = refuse(404, 'the page is not built', 'Run `npm run build:web` and start again.');
