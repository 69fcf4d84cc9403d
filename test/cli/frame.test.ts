/** The frame: exit codes, where errors go, and what help says. */

import { expect, test } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import type { AddCommand } from '../../src/cli/frame.js';
import { build } from '../../src/cli/frame.js';
import { processIo } from '../../src/cli/io.js';
import { MatineeError } from '../../src/core/errors.js';
import { packageVersion } from '../../src/core/package.js';
import { runCommand } from './run.js';

const commands = await commandsFor([]);

const failing =
  (error: Error): AddCommand =>
  (program) => {
    program
      .command('fail')
      .option('--json')
      .action(() => Promise.reject(error));
  };

const corrupt = new MatineeError('version-corrupt', 'tensor items is damaged', {
  hint: 'roll back',
  fields: { chunk: 3 },
});

test('an operating error is one sentence and a hint on stderr, exit 1', async () => {
  expect(await runCommand([failing(corrupt)], ['fail'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'matinee: tensor items is damaged\n  hint: roll back\n',
  });
});

test('with --json it is an object on stdout as well', async () => {
  const { code, stdout } = await runCommand([failing(corrupt)], ['fail', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    error: { code: 'version-corrupt', message: 'tensor items is damaged', hint: 'roll back', fields: { chunk: 3 } },
  });
});

test('a mistake of the program shows its stack, exit 1', async () => {
  const { code, stderr } = await runCommand([failing(new TypeError('oops'))], ['fail']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/TypeError: oops\n {4}at /);
});

test.each([
  [['confg'], 'Did you mean config?'],
  [['config', 'shw'], 'Did you mean show?'],
  [['config', 'show', '--prot', '1'], 'Did you mean --port?'],
  [['config', 'show', 'surplus'], 'too many arguments'],
  [['config', 'show', '--port'], 'argument missing'],
])('%j is wrong usage: exit 2', async (args, words) => {
  const { code, stdout, stderr } = await runCommand(commands, args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
});

test.each(build(commands, processIo()).commands.map((command) => command.name()))(
  '%s is loaded alone when it is called',
  async (name) => {
    const loaded = build(await commandsFor([name, '--help']), processIo());
    expect(loaded.commands.map((command) => command.name())).toEqual([name]);
  },
);

test('wrong usage with --json is an object on stdout as well', async () => {
  const { code, stdout } = await runCommand(commands, ['config', 'show', '--json', '--prot', '1']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
});

test('no command at all prints help on stderr, exit 2', async () => {
  const { code, stderr } = await runCommand(commands, []);
  expect(code).toBe(2);
  expect(stderr).toContain('Usage: matinee');
});

test('--version and --help are results: stdout, exit 0', async () => {
  expect(await runCommand(commands, ['--version'])).toEqual({ code: 0, stdout: `${packageVersion}\n`, stderr: '' });
  const help = await runCommand(commands, ['--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('Usage: matinee');
});

/** Every command that has no subcommands, as the words that call it. */
const leaves = build(commands, processIo()).commands.flatMap((command) =>
  command.commands.length === 0 ? [[command.name()]] : command.commands.map((leaf) => [command.name(), leaf.name()]),
);

test.each(leaves.map((words) => [words]))('%j has a description and an example that begins with it', async (words) => {
  const { code, stdout } = await runCommand(commands, [...words, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: .*\n\n[a-zA-Z]/);
  expect(stdout.split('Examples:\n')[1]).toContain(`matinee ${words.join(' ')}`);
});
