/** Imports data, trains and compares the default models, and holds them against pinned quality. */

import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../../src/app/compare.js';
import { usualModels } from '../../src/app/contenders.js';
import { importInto } from '../../src/app/import.js';
import { loadConfig } from '../../src/config/load.js';
import { unwrap } from '../../src/core/errors.js';
import { figure, markdownTable } from '../../src/evaluate/markdown.js';
import { asJson } from '../../src/evaluate/run-folder.js';
import { judge, protocolsOf, type Judged, type Pinned } from './pinned.js';

export interface QualityCheck {
  /** To import. */
  readonly files: readonly string[];
  readonly pinned: Pinned;
  /** Is made anew: report, pictures and inputs of the comparison, `quality.json` and `quality.md`. */
  readonly folder: string;
}

export async function checkQuality({ files, pinned, folder }: QualityCheck): Promise<Judged[]> {
  rmSync(folder, { recursive: true, force: true });
  const [dataDir, modelsDir] = [join(folder, 'var'), join(folder, 'models')];
  const { config } = unwrap(loadConfig({ flags: { dataDir, modelsDir }, env: {}, cwd: folder }));
  const quiet = (): void => undefined;
  unwrap(await importInto(config, { files }, quiet));
  const { run, comparisons } = unwrap(
    await compare(config, {
      protocols: protocolsOf(pinned),
      models: usualModels(config.seed),
      ...{ costs: false, onProgress: quiet },
    }),
  );
  const judged = judge(comparisons, pinned);
  cpSync(run.path, folder, { recursive: true });
  rmSync(dataDir, { recursive: true });
  writeFileSync(join(folder, 'quality.json'), asJson({ run: run.id, ...pinned, pins: judged }));
  writeFileSync(join(folder, 'quality.md'), `${qualityText(judged, pinned)}\n`);
  return judged;
}

export function qualityText(judged: readonly Judged[], { margin, why }: Pinned): string {
  const failed = judged.filter(({ passed }) => !passed).length;
  const rows = judged.map(({ protocol, model, metric, value, fixed, measured, passed }) => [
    ...[protocol, model, metric, figure(value)],
    fixed === true ? figure(value) : `from ${figure(value - margin)}`,
    measured === undefined ? 'not measured' : figure(measured),
    passed ? 'yes' : '**no**',
  ]);
  return [
    '# Pinned quality',
    failed === 0 ? 'Every figure holds.' : `${failed} of ${judged.length} figures do not hold.`,
    markdownTable(['protocol', 'model', 'metric', 'pinned', 'must be', 'measured', 'holds'], rows),
    `Margin ${margin}: ${why}`,
  ].join('\n\n');
}
