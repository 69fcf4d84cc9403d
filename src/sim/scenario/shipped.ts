/** Scenario files: those that come with the package, by name, and any other by its path. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, unwrap } from '../../core/errors.js';
import { didYouMean } from '../../core/nearest.js';
import { packageRoot } from '../../core/package.js';
import { parseScenario, type Scenario } from './scenario.js';

const folder = join(packageRoot, 'data/scenarios');

const shippedNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

/** Those that come with the package, by name. */
export const listScenarios = (): readonly Scenario[] => shippedNames().map((name) => unwrap(readScenario(name)));

/** @param nameOrPath a path has a slash, or ends in .json */
export function readScenario(nameOrPath: string): Result<Scenario> {
  if (/[/\\]|\.json$/.test(nameOrPath)) return readFile(nameOrPath);
  const names = shippedNames();
  if (names.includes(nameOrPath)) return readFile(join(folder, `${nameOrPath}.json`));
  return fail('file-unreadable', `there is no scenario ${nameOrPath}: ${didYouMean(nameOrPath, names)}`, {
    hint: 'a file of your own is given with its path, such as ./mine.json',
  });
}

function readFile(path: string): Result<Scenario> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    return fail('file-unreadable', `cannot read the scenario ${path}: ${(cause as Error).message}`, {
      hint: 'check the path',
      fields: { file: path },
      cause,
    });
  }
  return parseScenario(text, path);
}
