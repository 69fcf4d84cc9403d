/** The users: age, occupation, gender and self-description of any id, computed when asked for. */

import type { Random } from '../../core/random.js';
import { aliasTable } from '../alias-table.js';
import { drawsOf } from '../mix.js';
import type { SelfImage } from './self-image.js';
import { describeTastes, patternCount } from './voices.js';

export interface SimUser {
  readonly id: number;
  readonly age: number;
  readonly occupation: string;
  readonly gender: 'F' | 'M';
  /** Null for three users in ten, then the other is null too. */
  readonly likes: string | null;
  readonly dislikes: string | null;
}

// How often each of the 21 occupations was seen among users of 18 to 64.
const occupations: Readonly<Record<string, number>> = {
  'college/grad student': 12185,
  'executive/managerial': 9727,
  'sales/marketing': 6647,
  scientist: 4900,
  'other or not specified': 3385,
  'self-employed': 3380,
  'academic/educator': 1890,
  'K-12 student': 90,
  homemaker: 1444,
  artist: 1086,
  'clerical/admin': 879,
  retired: 60,
  'technician/engineer': 727,
  programmer: 527,
  'tradesman/craftsman': 274,
  writer: 208,
  'doctor/health care': 162,
  lawyer: 160,
  'customer service': 145,
  unemployed: 99,
  farmer: 17,
};
export const occupationNames = Object.keys(occupations);
const occupationTable = aliasTable(Object.values(occupations));

/** @param selfImage asked for only when the user says something */
export function userOf(seed: number, id: number, selfImage: () => SelfImage): SimUser {
  const draws = drawsOf(seed, 'user', id);
  const age = drawAge(draws);
  const occupation = occupationNames[occupationTable.pick(draws.uniform())]!;
  const gender = drawGender(draws);
  const silent = draws.uniform() < 0.3;
  return {
    id,
    age,
    occupation: age < 18 ? 'K-12 student' : age > 67 && draws.uniform() < 0.7 ? 'retired' : occupation,
    gender,
    ...(silent ? { likes: null, dislikes: null } : describeTastes(selfImage(), draws, draws.integer(patternCount))),
  };
}

/** Of the user of that id, without all the rest. */
export const ageOf = (seed: number, id: number): number => drawAge(drawsOf(seed, 'user', id));

/** Likewise. */
export function genderOf(seed: number, id: number): SimUser['gender'] {
  const draws = drawsOf(seed, 'user', id);
  drawAge(draws);
  occupationTable.pick(draws.uniform());
  return drawGender(draws);
}

const drawGender = (draws: Random): SimUser['gender'] => (draws.uniform() < 0.83 ? 'M' : 'F');

/** 8 to 90 years, median 29: most between 25 and 34, few young, fewer old. */
function drawAge(draws: Random): number {
  const group = draws.uniform();
  if (group < 0.09) return 8 + draws.integer(17);
  return group < 0.93 ? 25 + draws.integer(10) : 35 + draws.integer(56);
}
