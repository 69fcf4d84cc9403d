/** The whole path over real sockets: bundled data → model → answers → a new version → an orderly end. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { commandsFor } from '../../src/cli/commands.js';
import { runCommand, type Ran } from '../cli/run.js';
import { recommend, running as start, type Running } from './running.js';
import { transports } from './transports.js';

const commands = await commandsFor([]);

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const models = ['--models-dir', join(folder, 'models')];
const places = ['--data-dir', join(folder, 'var'), ...models];
const running = (...args: string[]): Promise<Running> => start(folder, ...args, ...places);
const run = (...args: string[]): Promise<Ran> => runCommand(commands, args, { cwd: folder });

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(transports)('started from nothing, over %s', (transport) => {
  let service: Running;

  beforeAll(async () => {
    service = await running('start', '--data', bundledData, '--transport', transport);
  }, 60_000);

  afterAll(async () => {
    expect(await service.stop()).toMatchObject({ code: 0 });
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
    await expect(fetch(`${service.admin}/version`)).rejects.toThrow();
  });

  it('answers every known user personally, differently, and in the agreed form', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => recommend(service, i + 1)));
    for (const { status, tier, body } of answers) {
      expect([status, tier]).toEqual([200, 'personal']);
      const ids = body.split(',');
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
      expect(body).toMatch(/^[a-z0-9+.\-_*]+(,[a-z0-9+.\-_*]+){19}$/);
    }
    expect(new Set(answers.map(({ body }) => body)).size).toBeGreaterThan(95);
  });

  it('answers unknown and odd ids with the popular list', async () => {
    const odd = ['999999', 'abc', '-1', '1e9', '%00', '', 'a'.repeat(10_000), '12345678901'];
    const answers = await Promise.all(odd.map((id) => recommend(service, id)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    for (const { status, tier } of answers) expect([status, tier]).toEqual([200, 'popular']);
  });

  it('shows operators the same list with titles, reasons and history', async () => {
    const explained = (await (await fetch(`${service.admin}/api/recommend/42`)).json()) as {
      items: { id: string; title: string; reasons: unknown[] }[];
      historyCount: number;
    };
    expect(explained.items.map(({ id }) => id).join(',')).toBe((await recommend(service, 42)).body);
    expect(explained.items[0]!.reasons.length).toBeGreaterThan(0);
    expect(explained.historyCount).toBe(70);
    const version = (await (await fetch(`${service.admin}/version`)).json()) as object;
    expect(version).toMatchObject({ transport, model: (await recommend(service, 42)).model });
  });

  it('counts what it answered', async () => {
    const metrics = await (await fetch(`${service.admin}/metrics`)).text();
    expect(metrics).toMatch(/matinee_http_request_duration_seconds_count\{tier="personal",code="200"\} [1-9]/);
    expect(metrics).toMatch(/matinee_model_swap_total\{result="loaded"\} [1-9]/);
    expect(metrics).toMatch(new RegExp(`matinee_build_info\\{.*transport="${transport}".*\\} 1`));
  });

  it('is ready, and says what with', async () => {
    const ready = (await (await fetch(`${service.url}/readyz`)).json()) as {
      ready: boolean;
      checks: { name: string }[];
    };
    expect(ready.ready).toBe(true);
    expect(ready.checks.map(({ name }) => name)).toEqual(['catalogue', 'model', 'running']);
  });
});

describe('a service that runs', () => {
  it('takes a promoted version, and a rollback, without an answer lost', async () => {
    const service = await running('start', '--data', bundledData);
    const before = (await recommend(service, 42)).model;
    expect((await run('train', '--model', 'ials', '--dimensions', '16', '--iterations', '3', ...places)).code).toBe(0);
    const listed = JSON.parse((await run('models', 'list', '--json', ...models)).stdout) as {
      versions: { id: string }[];
    };
    const trained = listed.versions[0]!.id;
    expect(trained).not.toBe(before);

    const seen = new Set<string | null>();
    const askUntil = async (model: string | null): Promise<void> => {
      const end = Date.now() + 10_000;
      for (let answer = await recommend(service, 42); ; answer = await recommend(service, 42)) {
        expect([answer.status, answer.tier]).toEqual([200, 'personal']);
        seen.add(answer.model);
        if (answer.model === model) return;
        expect(Date.now()).toBeLessThan(end);
      }
    };
    expect((await run('models', 'promote', trained, ...models)).code).toBe(0);
    await askUntil(trained);
    expect((await run('models', 'rollback', ...models)).code).toBe(0);
    await askUntil(before);
    expect(seen).toEqual(new Set([before, trained]));
    await service.stop();
  }, 60_000);

  it('uses what another process imported in the next answer', async () => {
    const service = await running('serve');
    const [first] = (await recommend(service, 7)).body.split(',');
    const { writeFileSync } = await import('node:fs');
    const file = join(folder, 'new.csv');
    writeFileSync(file, `user_id,movie_id,rating,timestamp\n7,${first},5,1700000000\n8888,${first},5,1700000000\n`);
    expect((await run('import', file, ...places.slice(0, 2))).code).toBe(0);
    expect((await recommend(service, 7)).body.split(',')).not.toContain(first);
    expect((await recommend(service, 8888)).tier).toBe('personal');
    await service.stop();
  }, 30_000);

  it('refuses a port that is taken, and leaves nothing behind', async () => {
    const service = await running('serve');
    const port = new URL(service.url).port;
    const second = await run('serve', ...places, '--port', port, '--admin-port', '0');
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`cannot listen on 0\\.0\\.0\\.0:${port}[^]*hint: Another process`));
    const third = await run('serve', ...places, '--port', '0', '--admin-port', new URL(service.admin).port);
    expect(third.stderr).toMatch(/cannot listen on 127\.0\.0\.1/);
    await service.stop();
  }, 30_000);
});

describe('without data or model', () => {
  it('serves an empty list and is not ready, saying what to run', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'matinee-'));
    const bare = ['--data-dir', join(empty, 'var'), '--models-dir', join(empty, 'models')];
    const served = await runCommand(commands, ['serve', ...bare, '--port', '0', '--admin-port', '0'], { cwd: empty });
    expect(served.code).toBe(0);
    const steps = 'not ready: no films: run `matinee import`\nnot ready: no model is current: run `matinee train`\n';
    expect(served.stdout).toContain(steps);
    const asked = await runCommand(commands, ['recommend', '1', ...bare], { cwd: empty });
    expect([asked.code, asked.stderr]).toEqual([1, expect.stringContaining('no model is current')]);
    rmSync(empty, { recursive: true, force: true });
  }, 30_000);

  it('refuses to mix other data into a filled state', async () => {
    const { writeFileSync } = await import('node:fs');
    const file = join(folder, 'mine.csv');
    writeFileSync(file, 'user_id,movie_id,rating,timestamp\n1,heat+1995,4,1\n');
    const refused = await run('start', '--data', file, ...places);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('holds other data already')]);
  });
});
