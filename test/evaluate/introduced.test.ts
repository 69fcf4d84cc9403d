/** Strangers as test cases: what they say becomes their list, in the production engine, and what they name is in none. */

import { expect, test } from 'vitest';
import { withCold } from '../../src/cold/cold-model.js';
import { succeed, unwrap } from '../../src/core/errors.js';
import type { Stranger as Understood } from '../../src/engine/strangers.js';
import { groupPopularity } from '../../src/evaluate/group-popularity.js';
import { learner } from '../../src/evaluate/measure.js';
import type { Stranger } from '../../src/evaluate/protocols/cold-text.js';
import { introduced } from '../../src/evaluate/protocols/introduced.js';
import { genreNames } from '../../src/text/genre-words.js';
import { filmCounts, trainPopularity } from '../../src/train/popularity.js';
import { linearDefaults } from '../../src/train/linear-parameters.js';
import { trainLinear } from '../../src/train/linear.js';
import { synthetic } from '../train/synthetic.js';

const train = synthetic({ users: 60, films: 12, liked: 0.5, other: 0.1, seed: 5 });
const stranger = (user: number, bestFilms: readonly number[]): Stranger => ({
  ...{ user, favouriteGenres: [], bestFilms, relevant: new Set([11]) },
});
const western = genreNames.indexOf('Western');
const saying = (taste: Partial<Understood['taste']>, seen: readonly number[] = []): Understood => ({
  taste: { likedRows: [], genres: [], era: null, popular: null, age: null, gender: null, ...taste },
  seen,
});

test('a stranger is known by words alone; what was told and what was understood is in no list', async () => {
  const cutsOfTwo = [{ name: 'fold', train, strangers: [stranger(901, [3]), stranger(902, [])] }];
  const { cuts, notes } = unwrap(
    introduced(cutsOfTwo, ({ user, bestFilms }) => {
      const understood = user === 901 ? saying({ likedRows: bestFilms }, [...bestFilms, 4]) : saying({});
      return { words: `I am ${user}`, understood };
    }),
  );
  const [cut] = cuts;
  expect(cut).toMatchObject({ name: 'fold', strangers: true });
  expect(cut!.cases).toMatchObject([
    { user: 901, text: { words: 'I am 901' }, stranger: { seen: [3, 4] } },
    { user: 902, text: { words: 'I am 902' }, stranger: { seen: [] } },
  ]);
  expect(cut!.cases.map(({ history }) => history.length)).toEqual([0, 0]);
  expect(notes.join()).toMatch(/two films are neither answered nor to be found, .* misread .* counts as missed/);

  const popularity = learner('popularity', (known) => Promise.resolve(succeed(trainPopularity(known, {}))));
  for (const contender of [popularity, groupPopularity(new Map())]) {
    const [first, second] = unwrap(await contender.answer(cut!, 12));
    expect([...first!]).toEqual([...second!].filter((film) => film !== 3 && film !== 4));
    expect(second).toHaveLength(12);
  }
});

test('the list follows what is said, where the model has columns for it', async () => {
  const films = train.films.map((_, film) => ({
    ...{ genres: film >= 10 ? ['Western'] : ['Drama'], year: null, text: new Float32Array(0) },
  }));
  const answering = (hasColumns: boolean) =>
    learner('linear', (known) => {
      const model = unwrap(trainLinear(known, { ...linearDefaults, dimensions: 4 }));
      return Promise.resolve(succeed(hasColumns ? withCold(model, { films, likes: filmCounts(known) }) : model));
    });
  const asked = [{ name: 'fold', train, strangers: [stranger(901, []), stranger(902, [])] }];
  const { cuts } = unwrap(
    introduced(asked, ({ user }) => ({
      words: '',
      understood: saying({ genres: [[western, user === 901 ? 1 : -1]] }, [0]),
    })),
  );
  const [likes, dislikes] = unwrap(await answering(true).answer(cuts[0]!, 11));
  expect([...likes!.slice(0, 2)].sort()).toEqual([10, 11]);
  expect([...dislikes!.slice(-2)].sort()).toEqual([10, 11]);
  const [fallback, same] = unwrap(await answering(false).answer(cuts[0]!, 11));
  expect(fallback).toEqual(same);
  for (const list of [likes, dislikes, fallback]) expect(list).not.toContain(0);
});

test('who says nothing that a model has a column for gets the fallback list, as in service', async () => {
  const films = train.films.map(() => ({ genres: [], year: null, text: new Float32Array(0) }));
  const fewest = filmCounts(train).map((count) => 1 / (1 + count));
  const model = unwrap(trainLinear(train, { ...linearDefaults, dimensions: 4 }));
  const contender = learner('linear', () => Promise.resolve(succeed(withCold(model, { films, likes: fewest }))));
  const asked = [{ name: 'fold', train, strangers: [901, 902, 903].map((user) => stranger(user, [3])) }];
  const { cuts } = unwrap(
    introduced(asked, ({ user }) => ({
      words: '',
      understood: user === 901 ? saying({ popular: true }) : saying({ gender: user === 902 ? 'other' : null }),
    })),
  );
  const fallback = model.fallback.filter((film) => film !== 3);
  const [speaking, ...silent] = unwrap(await contender.answer(cuts[0]!, 12));
  for (const list of silent) expect(list).toEqual(fallback);
  expect(speaking).not.toEqual(fallback);
});

test('where nobody has anything to say or to be found, it says what it needs', () => {
  const refused = introduced([{ name: 'fold', train, strangers: [] }], () => ({ words: '', understood: saying({}) }));
  expect(refused).toMatchObject({ ok: false, error: { code: 'data-missing' } });
  expect(!refused.ok && refused.error.hint).toContain('needs ratings');
});
