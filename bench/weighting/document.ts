/** Keeps the table of docs/evaluation.md equal to bench/results/weighting.json. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { figure } from '../../src/evaluate/markdown.js';
import type { Row } from '../harness/rows.js';
import { resultsFolder } from '../report/files.js';
import { table } from '../report/table.js';

const path = join(packageRoot, 'docs/evaluation.md');
const [BEGIN, END] = ['<!-- bench:weighting writes from here -->', '<!-- to here -->'];

export const documentNow = (): string => readFileSync(path, 'utf8');

export function documentWanted(): string {
  const rows = JSON.parse(readFileSync(join(resultsFolder, 'weighting.json'), 'utf8')) as Row[];
  const document = documentNow();
  const [before, after] = [document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END)];
  const cells = rows.map(({ name, ours, note }) => {
    const [where, weighting] = name.split(': ');
    return [where!, weighting!, figure(ours), note ?? ''];
  });
  const written = table(['log, model, to be found', 'weighted by', 'nDCG@20', 'floor, and less all alike'], cells);
  return `${document.slice(0, before)}\n\n${written}\n\n${document.slice(after)}`;
}

export const writeDocument = (): void => {
  writeFileSync(path, documentWanted());
};
