/** The files of a page for browsers, read once: what is not in this map is not served, so no path can leave the folder. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface PageFile {
  readonly contentType: string;
  /** A strong validator: the quoted SHA-256 of the body, shortened. */
  readonly etag: string;
  readonly body: Buffer;
}

/** Request path → file; `/` is the page itself. */
export type Page = ReadonlyMap<string, PageFile>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Empty when the page was not built.
 * @param html name of the page: others of the folder, which share its scripts and styles, are left out
 */
export function readPage(folder: string, html: string): Page {
  const page = new Map<string, PageFile>();
  if (!existsSync(folder)) return page;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const extension = extname(entry.name);
    const contentType = CONTENT_TYPES[extension];
    if (!entry.isFile() || contentType === undefined || (extension === '.html' && entry.name !== html)) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    page.set(`/${relative(folder, path).split(sep).join('/')}`, { contentType, etag, body });
  }
  const index = page.get(`/${html}`);
  if (index !== undefined) page.set('/', index);
  return page;
}
