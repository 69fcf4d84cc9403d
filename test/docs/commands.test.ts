/** Every command, flag and npm script that the documentation names exists, and the README's table of settings is whole. */

import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import { build } from '../../src/cli/frame.js';
import { processIo } from '../../src/cli/io.js';
import { flagOf, settingKeys, settings, variableOf } from '../../src/config/settings.js';
import { documents, readText } from '../repository.js';
import { typedLines } from './markdown.js';

const commands = await commandsFor([]);

const program = build(commands, processIo());
const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };

/** What is wrong with a line that a reader may type, or undefined. */
function complaint(line: string): string | undefined {
  // Environment in front and pipes behind belong to the shell.
  const words = line
    .replace(/^(?:[A-Z_]+=\S+ +)+/, '')
    .split(/ [|>&]+ /)[0]!
    .split(/\s+/);
  if (words[0] === 'npm') return npmComplaint(words.slice(1));
  if (words[0] === 'npx') words.shift();
  return words[0] === 'matinee' ? commandComplaint(program, words.slice(1)) : undefined;
}

function npmComplaint(words: readonly string[]): string | undefined {
  const script = words[0] === 'run' ? words[1] : words[0];
  if (script === undefined || ['ci', 'install', 'audit', 'exec', 'pack'].includes(script)) return undefined;
  if (!(script in scripts)) return `no npm script ${script}`;
  const separator = words.indexOf('--');
  return script === 'start' && separator > 0
    ? commandComplaint(program, ['start', ...words.slice(separator + 1)])
    : undefined;
}

function commandComplaint(command: Command, words: readonly string[]): string | undefined {
  const [first, ...rest] = words;
  const subcommand = command.commands.find((candidate) => candidate.name() === first);
  if (subcommand !== undefined) return commandComplaint(subcommand, rest);
  if (command.commands.length > 0 && first !== undefined && /^[a-z]/.test(first)) return `no command ${first}`;
  const known = ['--help', ...(command === program ? ['--version'] : []), ...command.options.map(({ long }) => long)];
  const unknown = words.filter((word) => word.startsWith('--')).find((flag) => !known.includes(flag.split('=')[0]));
  return unknown === undefined ? undefined : `${command.name()} has no flag ${unknown}`;
}

test.each(documents)('the commands in %s exist', (document) => {
  const wrong = typedLines(readText(document)).flatMap((line) => {
    const why = complaint(line);
    return why === undefined ? [] : [`${line}: ${why}`];
  });
  expect(wrong).toEqual([]);
});

test('a command, flag or script that does not exist would be seen', () => {
  const lines = typedLines(
    '```sh\nnpx matinee confg # x\nPORT=1 matinee config show --prot 1 | head\n```\n`npm run nope`',
  );
  expect(lines.map(complaint)).toEqual(['no command confg', 'show has no flag --prot', 'no npm script nope']);
  expect(['matinee config show --json', 'npm run lint', 'npm ci', 'cat matinee'].map(complaint)).toEqual(
    Array(4).fill(undefined),
  );
});

test('the README lists every setting with its flag, variable and default', () => {
  const readme = readText('README.md');
  const row = (key: (typeof settingKeys)[number]): string => {
    const { fallback, secret } = settings[key];
    const flag = secret ? 'no flag' : `\`${flagOf(key)}\``;
    // The number of workers depends on the machine.
    const byDefault = key === 'workers' ? 'cores − 1' : fallback === '' ? 'none' : `\`${fallback}\``;
    return `| ${flag} | \`${variableOf(key)}\` | ${byDefault} |`;
  };
  const squeezed = readme.replace(/ +/g, ' ');
  expect(settingKeys.map(row).filter((text) => !squeezed.includes(text))).toEqual([]);
});
