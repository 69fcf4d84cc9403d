/** The same service with more films and dimensions, and with more users: what an answer costs then, in what memory, and why. */

import { chooseDriver, type Drive } from './harness/drive.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { roundsInTurn } from './harness/rounds.js';
import { startServer, type BenchServer } from './harness/server.js';
import { otherWorld, serveWorld, type World } from './harness/world.js';
import { differingLists } from './scale/exact.js';
import { rowsOf, type Subject } from './scale/rows.js';
import { openComputation } from './serve/compute.js';

const MANY_FILMS = byForm({
  short: { films: 40_000, dimensions: 128, users: 20_000 },
  usual: { films: 200_000, dimensions: 128 },
});
const MANY_USERS = { users: byForm({ short: 200_000, usual: 1_000_000 }) };
const ROUNDS = byForm({ short: 1, usual: 5 });
const SECONDS = byForm({ short: 1, usual: 2 });
const BATCHES = 100;
const CONNECTIONS = 128;
/** Users whose lists are computed again in the slow way. */
const CHECKED = byForm({ short: 1, usual: 3 });

const driver = chooseDriver();

/** All worlds in turn, in each round of each measurement. */
async function measure(worlds: readonly World[]): Promise<Subject[]> {
  const computations = await computeInTurn(worlds);
  const starts = worlds.map((): number[] => []);
  for (let start = 0; start < ROUNDS; start++) {
    for (const [i, world] of worlds.entries()) {
      const server = await startServer(world.program);
      starts[i]!.push(server.readySeconds);
      await server.stop();
    }
  }
  const servers: BenchServer[] = [];
  try {
    for (const world of worlds) servers.push(await startServer(world.program));
    const usersOf = new Map(servers.map(({ url }, i) => [url, worlds[i]!.size.users]));
    const drive: Drive = (url, connections, seconds, seed) =>
      driver.drive(url, connections, seconds, seed, usersOf.get(url));
    const served = await roundsInTurn(servers, { drive, connections: CONNECTIONS, rounds: ROUNDS, seconds: SECONDS });
    const subjects: Subject[] = [];
    for (const [i, world] of worlds.entries()) {
      const server = servers[i]!;
      const memory = { anonymous: server.anonymousBytes(), file: server.fileBytes() };
      const users = Array.from({ length: CHECKED }, (_, n) => Math.ceil(((n + 1) * world.size.users) / CHECKED));
      const differing = await differingLists(server, world, users);
      const rest = { computation: computations[i]!, starts: starts[i]!, served: served[i]! };
      subjects.push({ world, ...memory, differing, ...rest });
    }
    return subjects;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function computeInTurn(worlds: readonly World[]): Promise<number[][]> {
  const computations = worlds.map(openComputation);
  for (const { round } of computations) round(BATCHES);
  const rounds = computations.map((): number[] => []);
  for (let i = 0; i < ROUNDS; i++) {
    for (const [which, { round }] of computations.entries()) rounds[which]!.push(round(BATCHES));
  }
  await Promise.all(computations.map(({ close }) => close()));
  return rounds;
}

printMachine();
process.stdout.write(`driven by ${driver.name}\n`);
const worlds = [await serveWorld(20), await otherWorld(MANY_FILMS), await otherWorld(MANY_USERS)];
const [standard, films, users] = (await measure(worlds)) as [Subject, Subject, Subject];
reportRows('scale', [...rowsOf('many films', films, standard), ...rowsOf('many users', users, standard)]);
