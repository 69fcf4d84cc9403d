/** What an evaluation runs on: the cuts of a protocol, from the site's data or from given files, and facts of films and users. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { unknownFilm, type FilmFacts, type UserFacts } from '../dataset/facts.js';
import { cutsBy, siteProtocols, type SiteProtocol } from '../evaluate/protocols/cuts-by.js';
import { ncfCuts } from '../evaluate/protocols/ncf.js';
import { readNcf, type NcfPaths } from '../evaluate/protocols/ncf-files.js';
import type { Cuts } from '../evaluate/protocols/protocol.js';
import type { Log } from '../evaluate/signal/meetings.js';
import { sha256 } from '../registry/digest.js';
import { unknownFilmText } from '../text/text-encoder.js';
import { coldFinish, coldTextData } from './cold-text.js';
import type { Learning } from './contenders.js';
import { dataInputs, listLength, readMeasuredData, type MeasuredData } from './runs.js';

/** Where the cuts come from. */
export type EvaluationSource =
  | { readonly protocol: 'ncf'; readonly files: NcfPaths }
  /** `snapshot` is an id, `newest`, or a path; absent: one of the state as it is now. */
  | { readonly protocol: ComparedProtocol; readonly snapshot?: string };

/** Those of the site's data. */
export type ComparedProtocol = SiteProtocol | 'cold-text';
export const comparedProtocols: readonly ComparedProtocol[] = [...siteProtocols, 'cold-text'];

export interface EvaluationData extends Cuts, Learning {
  /** Places of a list. */
  readonly k: number;
  /** Of each dense film. */
  readonly films: readonly FilmFacts[];
  /** By user id. */
  readonly users: ReadonlyMap<number, UserFacts>;
  /** All that was cut; of given files what is learned. */
  readonly log: Log;
  /** The same, as a run folder names it. */
  readonly inputs: object;
}

/** As published. */
const ncfK = 10;

/** Errors: those of taking or of finding the snapshot, of `cutsBy`, and of `readNcf`. */
export async function readEvaluationData(
  config: Config,
  source: EvaluationSource,
  onProgress: OnProgress,
): Promise<Result<EvaluationData>> {
  if (source.protocol === 'ncf') return readGiven(source.files);
  const data = await readMeasuredData(config, { ...source, onProgress });
  if (!data.ok) return data;
  const cuts = await cutsOf(source.protocol, data.value, config.seed);
  if (!cuts.ok) return cuts;
  const { interactions, films, users } = data.value;
  const inputs = dataInputs(data.value);
  return succeed({ ...cuts.value, k: listLength, films, users, log: interactions, inputs });
}

/** Errors: those of `cutsBy` and of `coldTextData`. */
export async function cutsOf(
  protocol: ComparedProtocol,
  data: MeasuredData,
  seed: number,
): Promise<Result<Cuts & Learning>> {
  const { interactions, texts } = data;
  if (protocol !== 'cold-text') {
    const cuts = cutsBy(protocol, interactions, seed);
    return cuts.ok ? succeed({ ...cuts.value, texts }) : cuts;
  }
  const strangers = await coldTextData(data, seed);
  return strangers.ok ? succeed({ ...strangers.value, texts, finish: coldFinish(data) }) : strangers;
}

function readGiven(files: NcfPaths): Result<EvaluationData> {
  const data = readNcf(files);
  if (!data.ok) return data;
  const cuts = ncfCuts(data.value);
  const log = cuts.cuts[0]!.train;
  const films = log.films.map(() => unknownFilm);
  const texts = films.map(() => unknownFilmText);
  const digests = Object.entries(files).map(([role, path]: [string, string]) => {
    return { role, name: basename(path), sha256: sha256(readFileSync(path)) };
  });
  return succeed({ ...cuts, k: ncfK, films, texts, users: new Map(), log, inputs: { files: digests } });
}
