/** The files of the operators' page, read once: what is not in this map is not served, so no path can leave the folder. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface PageFile {
  readonly contentType: string;
  /** A strong validator: the quoted SHA-256 of the body, shortened. */
  readonly etag: string;
  readonly body: Buffer;
}

/** Request path → file; `/` is `index.html`. */
export type Page = ReadonlyMap<string, PageFile>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Empty when the page was not built. */
export function readPage(folder: string): Page {
  const page = new Map<string, PageFile>();
  if (!existsSync(folder)) return page;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    page.set(`/${relative(folder, path).split(sep).join('/')}`, { contentType, etag, body });
  }
  const index = page.get('/index.html');
  if (index !== undefined) page.set('/', index);
  return page;
}
