/** The engine's kernels against what one would use instead: exact scans and fold-ins, CPU time, one thread, sides in turn. */

import { bundled } from './harness/bundled.js';
import { createFoldIn, plainFoldIn, termsOf } from './kernel/fold-in.js';
import { normalLoad, trainedLikeHistories, trainedLikeModel, trainedLoad } from './kernel/loads.js';
import { createScan, type ScanLoad } from './kernel/scan.js';
import { openPeers, type Peer, type Peers } from './peers/peers.js';
import { PYTHON_MISSING, pythonIfPossible } from './harness/python.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { compareSides, here } from './harness/sides.js';

const rows: Row[] = [];
const leftOut: string[] = [];

/** Our batch, and the peer, its batch and the largest ratio that passes. */
type Contest = readonly [batch: number, peer: Peer, peerBatch: number, bar: number];

async function scanRows(peers: Peers, name: string, load: ScanLoad, contests: readonly Contest[]): Promise<void> {
  const { run } = createScan(load);
  await peers.load(load.model.items, load.vectors, load.model.dimensions);
  for (const [batch, peer, peerBatch, bar] of contests) {
    rows.push(
      await compareSides({
        name: `${name}, batch ${batch}, against ${peer} at batch ${peerBatch}`,
        ours: here(() => run(batch)),
        peer: () => peers.scan(peer, peerBatch),
        units: load.seen.length,
        bar,
        versions: peers.versions,
      }),
    );
  }
}

const FOLDED = 64;
/** So that a round is long enough to be timed. */
const REPEATS = 20;

async function foldInRows(peers: Peers | undefined, films: number): Promise<void> {
  const model = trainedLikeModel();
  const histories = trainedLikeHistories(FOLDED, films);
  const ours = createFoldIn(model, histories);
  const plain = plainFoldIn(model, histories);
  const direct = createFoldIn(model, histories, 'direct');
  const repeated = (run: () => number) => (): number => {
    let sum = 0;
    for (let i = 0; i < REPEATS; i++) sum += run();
    return sum;
  };
  const name = `fold-in from ${films} films`;
  const common = { ours: here(repeated(ours.run)), units: FOLDED * REPEATS };
  const against = `${name}, against a Cholesky factor in plain TypeScript, f64`;
  rows.push(await compareSides({ ...common, name: against, peer: here(repeated(plain.run)) }));
  // Longer histories take the d × d way anyway.
  if (films < model.dimensions) {
    const directly = `${name}, against our own d × d system`;
    rows.push(await compareSides({ ...common, name: directly, peer: here(repeated(direct.run)), bar: 0.35 }));
  }
  if (peers === undefined) return;

  const { alpha, ridge } = termsOf(model, films);
  await peers.load(model.items, new Float32Array(0), model.dimensions);
  const fold = () => peers.fold(histories, alpha, ridge);
  const peer = async () => {
    const { cpu, wall } = (await fold()).lap;
    return { cpu: cpu * REPEATS, wall: wall * REPEATS };
  };
  rows.push(await compareSides({ ...common, name: `${name}, against numpy`, peer, versions: peers.versions }));
  const own = { name: `${name}, our own d × d system against numpy`, ours: here(repeated(direct.run)) };
  rows.push(await compareSides({ ...own, units: common.units, peer, bar: 1.2, versions: peers.versions }));
  const error = largestError(ours.vectors(), (await fold()).vectors, model.dimensions);
  const errors = { name: `${name}, error against numpy`, unit: 'relative error', ours: [error] };
  rows.push(figureRow({ ...errors, bar: 1e-5, versions: peers.versions }));
}

/** The largest |x − truth| / |truth| of all vectors of d numbers. */
function largestError(vectors: Float64Array, truth: Float64Array, d: number): number {
  let largest = 0;
  for (let at = 0; at < truth.length; at += d) {
    let [difference, length] = [0, 0];
    for (let i = at; i < at + d; i++) {
      difference += (vectors[i]! - truth[i]!) ** 2;
      length += truth[i]! ** 2;
    }
    largest = Math.max(largest, Math.sqrt(difference / length));
  }
  return largest;
}

printMachine();
const python = pythonIfPossible();
const peers = python === undefined ? undefined : await openPeers(python);
if (peers === undefined) leftOut.push(`all rows against faiss, implicit and numpy: ${PYTHON_MISSING}`);
try {
  if (peers !== undefined) {
    await scanRows(peers, 'random normal', normalLoad(), [
      [1, 'faiss', 1, 0.45],
      [64, 'faiss', 64, 0.4],
      [64, 'implicit', 1024, 0.75],
    ]);
    // The peers answer without the films seen and the mask.
    const trained: readonly Contest[] = [
      [1, 'faiss', 1, 0.3],
      [64, 'faiss', 64, 0.3],
    ];
    const { model, histories } = await bundled();
    await scanRows(peers, 'bundled model', trainedLoad(model, histories), trained);
    const like = trainedLoad(trainedLikeModel(), trainedLikeHistories(1024, 50));
    await scanRows(peers, 'trained-like', like, trained);
  }
  for (const films of [20, 150]) await foldInRows(peers, films);
} finally {
  await peers?.close();
}
reportRows('kernel', rows, leftOut);
