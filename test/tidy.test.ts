/**
 * The cheap half of the style: what a machine can see. Dead exports, import direction and formatting are `npm run lint`'s
 * (knip, dependency-cruiser and prettier), which reads the same table of rooms.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../src/core/package.js';
import { documents, files, readText } from './repository.js';

const sources = files.filter((path) => /^(src|assembly|web|test|bench)\/.*\.tsx?$/.test(path));
const linesOf = (path: string): number => readText(path).split('\n').length - 1;

/** The lines that make `broken` true, as `file:line: text`. */
const breaches = (paths: readonly string[], broken: (line: string) => boolean): string[] =>
  paths.flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((line, index) => (broken(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );

test('no source file is longer than 500 lines, none of src longer than 300', () => {
  const lengths = sources.filter((path) => path.startsWith('src/')).map(linesOf);
  const median = lengths.sort((a, b) => a - b)[lengths.length >> 1];
  console.log(`${lengths.length} files in src, median ${median} lines, longest ${lengths.at(-1)}`);
  expect(sources.filter((path) => linesOf(path) > (path.startsWith('src/') ? 300 : 500))).toEqual([]);
});

test('every file of src and assembly opens with a sentence that says what it is', () => {
  const opening = /^(#!.*\n)?\/\*\*(?! @)[\s*]+[^\s*][^]*?[.:…][^]*?\*\/\n/;
  const production = sources.filter((path) => /^(src|assembly)\//.test(path));
  expect(production.filter((path) => !opening.test(readText(path)))).toEqual([]);
});

test('the rooms of src are those of docs/ARCHITECTURE.md, and each has a README', () => {
  const documented = [...readText('docs/ARCHITECTURE.md').matchAll(/^\| `([a-z]+)` +\|/gm)].map((row) => row[1]);
  const present = readdirSync(join(packageRoot, 'src'));
  expect([...documented].sort()).toEqual(present.sort());
  expect(present.filter((room) => !files.includes(`src/${room}/README.md`))).toEqual([]);
});

test('every document has exactly one title', () => {
  const titles = (path: string) =>
    readText(path)
      .replace(/^```[^]*?^```/gm, '')
      .match(/^# .+/gm) ?? [];
  expect(documents.filter((path) => titles(path).length !== 1)).toEqual([]);
});

test('nothing tracked names the machine it was written on', () => {
  const machinePath = /(^|[^\w.$}/-])\/(work|root|home\/\w+|Users\/\w+)\//;
  const packageHost = /https?:\/\/[^\s/]*(registry|artifact|mirror|pypi|proxy)/;
  const text = files.filter((path) => !/\.(png|wasm|csv|ico)$/.test(path) && path !== 'test/tidy.test.ts');
  expect(breaches(text, (line) => machinePath.test(line) || packageHost.test(line))).toEqual([]);
});

test('the lock file does not record where packages came from', () => {
  expect(readText('package-lock.json')).not.toContain('"resolved"');
});

test('every dependency has one exact version', () => {
  const { dependencies, devDependencies } = JSON.parse(readText('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  const exact = /^(npm:(@[\w-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
  expect(versions.filter(([, version]) => !exact.test(version))).toEqual([]);
});
