/** Answers to a browser as values, and how they are written. */

import type { ServerResponse } from 'node:http';
import type { PageFile } from '../../core/web-files.js';
import type { Refusal } from './answers.js';

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (status: number, value: object): Reply => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const refuse = (status: number, message: string, hint?: string): Reply =>
  json(status, (hint === undefined ? { message } : { message, hint }) satisfies Refusal);

/** Kept by the browser, and asked for each time whether it is still good. */
export const fileReply = ({ contentType, etag, body }: PageFile, knownEtag: string | undefined): Reply => ({
  status: knownEtag === etag ? 304 : 200,
  contentType,
  body,
  headers: { ETag: etag, 'Cache-Control': 'no-cache' },
});

/** The page may load nothing from elsewhere and be framed by nobody. */
const COMMON_HEADERS = {
  'Content-Security-Policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

export function send(response: ServerResponse, { status, contentType, body, headers }: Reply): void {
  const length = { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...COMMON_HEADERS, ...length, ...headers });
  response.end(body);
}
