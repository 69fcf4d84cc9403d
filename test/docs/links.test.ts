/** Every local link of the documentation leads somewhere. */

import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { documents, readText } from '../repository.js';
import { anchorsOf, linksOf } from './markdown.js';

function isBroken(from: string, link: string): boolean {
  const [path, anchor] = link.split('#') as [string, string | undefined];
  const target = path === '' ? from : normalize(join(dirname(from), path));
  if (!existsSync(join(packageRoot, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(readText(target)).includes(anchor);
}

test.each(documents)('local links of %s resolve', (document) => {
  const local = linksOf(readText(document)).filter((link) => !/^[a-z]+:/.test(link));
  expect(local.filter((link) => isBroken(document, link))).toEqual([]);
});

test('a link to a missing file or heading would be seen', () => {
  expect(linksOf('see [a](b.md#c) and `[no](code.md)`')).toEqual(['b.md#c']);
  expect(isBroken('README.md', 'docs/MISSING.md')).toBe(true);
  expect(isBroken('README.md', 'docs/ARCHITECTURE.md#no-such-heading')).toBe(true);
  expect(isBroken('README.md', 'docs/ARCHITECTURE.md#shared-memory')).toBe(false);
});
