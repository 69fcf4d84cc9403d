/** A manifest as lines for people: each field with its value, in the order a reader asks. */

import type { OverlaySummary } from '../app/models.js';
import type { Manifest } from '../registry/manifest.js';

/** @returns rows of [field, value] */
export function manifestRows(manifest: Manifest, overlay: OverlaySummary | null): [string, string][] {
  const { id, kind, encoder, items, dimensions, created, command, seed, parent } = manifest;
  const { hyperparameters, metrics, data, code, tensors, cold } = manifest;
  return [
    ['version', id],
    ['kind', kind],
    ['encoder', listed(encoder)],
    ['items', `${items} in ${dimensions} dimensions`],
    ...(cold ? [['for strangers', rounded(cold)] as [string, string]] : []),
    ['overlay', overlay === null ? 'none' : `${overlay.number}, ${overlay.films.length} films, ${overlay.created}`],
    ['created', created],
    ['parent', parent ?? 'none'],
    ['command', command],
    ['seed', seed === null ? 'none' : String(seed)],
    ['hyper-parameters', listed(hyperparameters)],
    ...Object.entries(metrics).map(([name, metric]): [string, string] => [
      `metric ${name}`,
      typeof metric === 'number' ? String(metric) : `${metric.value} (${metric.low} to ${metric.high})`,
    ]),
    ...dataRows(data),
    ['code', `matinee ${code.version}, Node.js ${code.node}, ${commitOf(code)}`],
    ['lock file', code.lockfileSha256 ?? 'unknown'],
    ['kernel', code.kernelSha256 ?? 'unknown'],
    ...Object.entries(tensors).map(([name, { dtype, shape, sha256 }]): [string, string] => [
      `tensor ${name}`,
      `${dtype} [${shape.join(', ')}] ${sha256}`,
    ]),
  ];
}

function dataRows(data: Manifest['data']): [string, string][] {
  if (data === null) return [['data', 'unknown: the model was trained elsewhere']];
  const { users, films, interactions, fromMs, toMs, fingerprint, files, snapshot } = data;
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  return [
    ['data', `${interactions} interactions of ${users} users with ${films} films, ${from} to ${to}`],
    ['data fingerprint', fingerprint ?? 'unknown'],
    ...snapshotRows(snapshot),
    ...files.map(({ name, rows, sha256 }): [string, string] => [`file ${name}`, `${rows} rows ${sha256}`]),
  ];
}

function snapshotRows(snapshot: NonNullable<Manifest['data']>['snapshot']): [string, string][] {
  if (snapshot === undefined) return [];
  const ranges = Object.entries(snapshot.offsets).map(([partition, { from, to }]): [string, string] => [
    ...([`partition ${partition}`, `offsets ${from} to ${to}, the last one excluded`] as const),
  ]);
  return [['snapshot', `${snapshot.id} ${snapshot.sha256}`], ...ranges];
}

function commitOf({ commit, dirty }: Manifest['code']): string {
  if (commit === null) return 'no Git work tree';
  return dirty ? `commit ${commit} with changes` : `commit ${commit}`;
}

const listed = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ') || 'none';

const rounded = (values: object): string =>
  listed(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value).toPrecision(2)])));
