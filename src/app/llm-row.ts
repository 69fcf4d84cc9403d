/** The row of a language model in a comparison: the same words, the same model, another reader. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { Contender } from '../evaluate/measure.js';
import { profileOf } from '../text/profile.js';
import { coldTextData } from './cold-text.js';
import { openLlm } from './llm.js';
import type { MeasuredData } from './runs.js';

export interface LlmRow {
  readonly contender: Contender;
  /** What must be known to read the row. */
  readonly note: string;
}

/**
 * Undefined where no language model is configured. What it fails to read is read locally, as in service.
 * @param model answers the strangers
 * Errors: those of `openLlm` and of `coldTextData`.
 */
export async function llmRow(
  config: Config,
  data: MeasuredData,
  model: Contender,
): Promise<Result<LlmRow | undefined>> {
  const opened = openLlm(config);
  if (!opened.ok) return opened;
  if (opened.value === undefined) return succeed(undefined);
  const { name, reader, close } = opened.value;
  try {
    let [asked, failed] = [0, 0];
    const read = await coldTextData(data, config.seed, async (said, titles) => {
      const result = await reader.read(said, titles);
      asked += 1;
      if (!result.ok) failed += 1;
      return result.ok ? result.value : profileOf(said, titles);
    });
    if (!read.ok) return read;
    const cuts = new Map(read.value.cuts.map((cut) => [cut.name, cut]));
    const { tokens, spentUsd } = reader.usage();
    const cost = `${tokens.input} tokens in, ${tokens.output} out, ${spentUsd.toFixed(4)} USD, without what was known already`;
    return succeed({
      contender: { name: `${model.name}, ${name} reads`, answer: (cut, k) => model.answer(cuts.get(cut.name)!, k) },
      note: `${name} read ${asked - failed} of ${asked} texts, the others were read locally (${cost})`,
    });
  } finally {
    await close();
  }
}
