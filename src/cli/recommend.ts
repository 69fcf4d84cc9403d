/** `matinee recommend`: one user's list with the reasons, without a server. */

import type { Command } from 'commander';
import { recommendOnce } from '../app/recommend.js';
import { MatineeError, unwrap } from '../core/errors.js';
import type { ExplainedAnswer } from '../serve/admin-answers.js';
import { reasonWords } from '../serve/reason-words.js';
import { parseUserId } from '../world/user-id.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { formatTable } from './table.js';

const HISTORY_SHOWN = 5;

export const addRecommend: AddCommand = (program, io) => {
  const command = program.command('recommend').description("Print a user's recommendations and why");
  addConfigFlags(command, ['dataDir', 'modelsDir'])
    .argument('<user>', 'user id: one to ten digits')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee recommend 42', 'matinee recommend 42 --json'))
    .action(async (rawId: string, options: { json?: true }, self: Command) => {
      const user = parseUserId(rawId);
      if (user === null)
        throw new MatineeError('usage', `"${rawId}" is not a user id`, { hint: 'Give one to ten digits.' });
      const answer = unwrap(await recommendOnce(configOf(self, io).config, user));
      if (options.json) printJson(io, answer);
      else printAnswer(io, answer);
    });
};

function printAnswer(io: Io, answer: ExplainedAnswer): void {
  const { user, tier, model, overlay, history, historyCount, items } = answer;
  const newest = history.slice(0, HISTORY_SHOWN).map(({ title }) => title);
  const more = historyCount > newest.length ? ', …' : '';
  const films = historyCount === 1 ? '1 film' : `${historyCount} films`;
  printLine(
    io,
    historyCount === 0 ? `user ${user}: no history` : `user ${user}: ${films}: ${newest.join(', ')}${more}`,
  );
  printLine(io, `${tier} list, model ${model ?? 'none'}${overlay > 0 ? `, overlay ${overlay}` : ''}\n`);
  const rows = items.map((item, i) => [
    String(i + 1),
    item.score === null ? '' : item.score.toFixed(3),
    item.year === null ? item.title : `${item.title} (${item.year})`,
    item.genres.join(', '),
    item.reasons.map(reasonWords).join(', '),
    item.id,
  ]);
  printLine(io, formatTable(['#', 'score', 'film', 'genres', tier === 'cold' ? 'because' : 'because of', 'id'], rows));
}
