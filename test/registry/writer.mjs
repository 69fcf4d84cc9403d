/**
 * Another process that writes versions, as a retraining job does. Arguments: the compiled registry, the folder, then
 *   promote         writes one version, large enough that the database file has to grow, and promotes it
 *   overlays ID NAME   writes ten overlays of that version, each with a film of its own
 *   endless START   writes version after version until it is killed, a line each
 */

const [registryUrl, folder, mode, start, name] = process.argv.slice(2);
const { openRegistry } = await import(registryUrl);

const facts = (second) => ({
  hyperparameters: {},
  seed: 1,
  command: 'test',
  code: { version: '0', commit: null, dirty: null, lockfileSha256: null, kernelSha256: null, node: process.version },
  data: null,
  parent: null,
  metrics: {},
  created: new Date(second * 1000),
});

function model(n, d, value) {
  return {
    kind: 'popularity',
    encoder: { type: 'constant' },
    filmIds: Array.from({ length: n }, (_, row) => `film+${row}`),
    dimensions: d,
    items: new Float32Array(n * d).fill(value),
    user: new Float32Array(d).fill(1),
    fallback: Int32Array.of(0),
  };
}

const opened = openRegistry(folder);
if (!opened.ok) throw opened.error;
const registry = opened.value;
if (mode === 'promote') {
  const { value } = registry.write(model(10_000, 256, 1), facts(0));
  registry.promote(value.id);
  console.log(value.id);
  await registry.close();
} else if (mode === 'overlays') {
  const rows = { created: new Date(0).toISOString(), films: 1, items: new Float32Array(8), gain: new Float32Array(1) };
  for (let i = 0; i < 10; i++) {
    const written = registry.writeOverlay(start, { ...rows, filmIds: [`${name}${i}`] });
    if (!written.ok) throw written.error;
  }
  await registry.close();
} else {
  for (let i = Number(start); ; i++) {
    const written = registry.write(model(4_000, 64, i), facts(i));
    process.stdout.write(`${written.value.id}\n`);
    // So few stay that the test is quick, and removals are interrupted as well.
    const { versions } = registry.list();
    for (const { id } of versions.slice(4)) registry.remove(id);
  }
}
