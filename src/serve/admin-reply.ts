/** Answers of the operators' server as values, and how they are written. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from './admin-answers.js';

export interface AdminReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json; charset=utf-8';
export const TEXT_TYPE = 'text/plain; charset=utf-8';

export const json = (status: number, value: object): AdminReply => ({
  status,
  contentType: JSON_TYPE,
  body: JSON.stringify(value),
});

export const text = (body: string, contentType = TEXT_TYPE): AdminReply => ({ status: 200, contentType, body });

export function problem(status: number, message: string, hint?: string): AdminReply {
  const body: Problem = { error: hint === undefined ? { message } : { message, hint } };
  return json(status, body);
}

/** Of every answer: the page may load nothing from elsewhere, be framed by nobody, and answers are never guessed or kept. */
const COMMON_HEADERS = {
  'Content-Security-Policy': "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** HEAD gets the head alone, and so does 304: Node leaves its body out. */
export function send(request: IncomingMessage, response: ServerResponse, reply: AdminReply): void {
  const { status, contentType, body, headers } = reply;
  const length = { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...COMMON_HEADERS, ...length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}
