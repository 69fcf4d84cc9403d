/**
 * A snapshot's Parquet files as tables of DuckDB, in bounded memory: one thread, and what does not fit is spilt into a temporary
 * folder. Nothing is read but what a question needs, and nothing runs on the event loop but the handing over of results.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, succeed, type Result } from '../core/errors.js';
import { filmTable } from '../dataset/snapshot/film-table.js';
import { interactionTable } from '../dataset/snapshot/interaction-table.js';
import { requestTable } from '../dataset/snapshot/request-table.js';
import { fileOf } from '../dataset/snapshot/tables.js';
import { userTable } from '../dataset/snapshot/user-table.js';
import { windowsBack, type Span, type Windows } from './windows.js';

const tables = [filmTable, interactionTable, userTable, requestTable];
const MEMORY_LIMIT = '256MB';

export type SqlRow = Readonly<Record<string, unknown>>;

export interface Warehouse {
  readonly windows: Windows;
  /** Rows of a query over the tables of the snapshot and over `viewsOf`. Throws what DuckDB throws. */
  rows<Row extends SqlRow>(sql: string): Promise<Row[]>;
}

export interface WindowDays {
  readonly days: number;
  readonly referenceDays: number;
}

/** Opens the warehouse for `work` and closes it after. Errors: format-invalid when the files cannot be read, those of `work`. */
export async function withWarehouse<T>(
  folder: string,
  { days, referenceDays }: WindowDays,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<Result<T>> {
  const spill = mkdtempSync(join(tmpdir(), 'matinee-quality-'));
  // A quarter of a second to load: only who asks for a report waits for it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    ...{ memory_limit: MEMORY_LIMIT, threads: '1', temp_directory: spill, preserve_insertion_order: 'false' },
    // It must not ask the network for anything.
    ...{ autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' },
  });
  const connection = await instance.connect();
  const rows = async <Row extends SqlRow>(sql: string): Promise<Row[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as Row[];
  try {
    const windows = await openTables(folder, { days, referenceDays }, rows);
    return windows.ok ? succeed(await work({ windows: windows.value, rows })) : windows;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(spill, { recursive: true, force: true });
  }
}

async function openTables(
  folder: string,
  { days, referenceDays }: WindowDays,
  rows: Warehouse['rows'],
): Promise<Result<Windows>> {
  try {
    for (const table of tables) {
      const path = join(folder, fileOf(table)).replaceAll("'", "''");
      await rows(`create view ${table.name} as from read_parquet('${path}')`);
    }
    const [row] = await rows<{ newest: number | null }>(NEWEST);
    const windows = windowsBack(row?.newest ?? 0, days, referenceDays);
    await rows(viewsOf(windows));
    return succeed(windows);
  } catch (cause) {
    return fail('format-invalid', `cannot read the snapshot in ${folder}: ${(cause as Error).message}`, {
      hint: 'Make a new one with `matinee snapshot`.',
      cause,
    });
  }
}

const ms = (column: string): string => `epoch_ms(${column})::double`;
/** Of seconds as the state holds them: 32 bits without a sign, 0 when unknown. */
const msOf = (seconds: string): string => `nullif(${seconds}::bigint & 4294967295, 0) * 1000.0`;

/** Only of what counts: a line whose clock was ahead is held and stands in no table. */
const NEWEST = `
  select max(moment) as newest from (
    select max(${msOf('watched_last_s')}) as moment from interactions
    union all select max(${msOf('rated_s')}) from interactions
    union all select ${ms('max(ts)')} from requests
    union all select ${ms('max(created_ts)')} from users
  )`;

/** `win` is `current`, `reference`, or null outside both. */
const windowOf = (at: string, { current, reference }: Windows): string => `
  case when ${between(at, current)} then 'current' when ${between(at, reference)} then 'reference' end as win`;

const between = (at: string, { fromMs, toMs }: Span): string => `(${at} >= ${fromMs} and ${at} < ${toMs})`;

/** The state keeps requests for seven days: of those the newest is compared with the others. */
const REQUEST_DAYS = 7;

function viewsOf(windows: Windows): string {
  const requestWindows = windowsBack(windows.current.toMs - 1, 1, REQUEST_DAYS - 1);
  return `
    create view listed_films as
      select *, count(*) over (partition by lower(title), year) as same_title from films where listing = 'listed';
    create view profiles as select * from users where looked_up_ts is not null;
    -- A film counts once for each user, when the user first watched it: later viewings do not take it out of the reference.
    -- (began_s is 0 when it was only seen in passing.)
    create view views as
      select i.user_id, i.movie_id, i.minutes, f.runtime, i.win
      from (select *, ${windowOf(msOf('watched_first_s'), windows)} from interactions where began_s <> 0) i
      join films f using (movie_id) where i.win is not null;
    -- A table, for it is asked often: ten million views are a few ten thousand rows of it.
    create table film_views as select movie_id, win, count(*)::double as views from views group by movie_id, win;
    create view viewed_films as select f.*, v.win, v.views from film_views v join films f using (movie_id);
    create view viewed_genres as
      select win, views / greatest(1, len(genres)) as views,
        unnest(case when len(genres) = 0 then ['(none)'] else genres end) as genre
      from viewed_films;
    create view ratings as
      select * from (select user_id, movie_id, rating, ${windowOf(msOf('rated_s'), windows)} from interactions)
      where rating is not null and win is not null;
    create view active_profiles as
      select p.*, a.win
      from (select user_id, win from views union select user_id, win from ratings) a join profiles p using (user_id);
    create view asked as
      select r.*, ${windowOf(ms('ts'), requestWindows)}, user_id in (select user_id from users) as known
      from requests r;
    create view answers as select * from requests where ${between(ms('ts'), windows.current)};`;
}
