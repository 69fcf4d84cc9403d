/** The logs that are ingested, and the catalogue of the site that wrote them: made once, then kept. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { writeLogDirectory } from '../../src/sim/log/log-directory.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';
import { openState } from '../../src/store/state.js';
import { prepared } from '../harness/prepared.js';

/** Of the customer's site. */
const SITE = { seed: 1, films: 27_000, users: 1_000_000 };
/** 2026-01-01: 20 million lines are eight hours of it. */
const START_MS = 1_767_225_600_000;

export const PARTITIONS = 2;

export const createSite = (): SimWorld => createSimWorld(SITE);

/** Every file that decides what is written. */
export const simSources = readdirSync(built('src/sim'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => `src/sim/${name}`);

export interface MadeLog {
  readonly lines: number;
  /** As `--source` takes it. */
  readonly source: string;
  /** By partition: its lines, each ended by LF. */
  partition(index: number): Uint8Array;
}

/** The first `lines` lines: a longer log begins with the shorter one. */
export async function madeLog(lines: number): Promise<MadeLog> {
  const folder = await prepared({
    bench: 'bench-ingest',
    what: `a log of ${lines} lines`,
    sources: [...simSources, 'bench/ingest/log.js'],
    shape: [lines],
    make: (part) => {
      writeLogDirectory(part, createLineWriter(createSite(), { seed: 1, startMs: START_MS, partitions: PARTITIONS }), {
        lines,
      });
    },
  });
  return {
    lines,
    source: `dir:${folder}`,
    partition: (index) => {
      const within = join(folder, String(index));
      return Buffer.concat(
        readdirSync(within)
          .sort()
          .map((name) => readFileSync(join(within, name))),
      );
    },
  };
}

/** A data folder whose state holds the site's films and nothing else, as an import or the film API leaves them. */
export function catalogueOnly(): Promise<string> {
  return prepared({
    bench: 'bench-ingest',
    what: `a catalogue of ${SITE.films} films`,
    sources: [...simSources, 'src/store/films.js', 'src/store/meta.js', 'bench/ingest/log.js'],
    shape: [SITE.films],
    make: async (part) => {
      const site = createSite();
      const state = unwrap(openState(join(part, 'state')));
      state.transaction(() => {
        for (let film = 0; film < SITE.films; film++) state.films.put(site.film(film));
      });
      await state.close();
    },
  });
}
