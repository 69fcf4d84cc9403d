/** The endpoints of the simulated site for people: what each takes, asks the visitors, and answers. */

import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { MatineeError, Result } from '../../core/errors.js';
import { profileSchema } from '../site/guest.js';
import type { Site } from '../site/site.js';
import type { Visitors } from '../site/visitors.js';
import { occupationNames } from '../viewers/users.js';
import type { SiteFacts } from './answers.js';
import { readBody } from './body.js';
import { personOf, recommendationsOf, siteFilm } from './person.js';
import { json, refuse, type Reply } from './reply.js';
import { createTitleSearch } from './title-search.js';

export interface SiteParts {
  readonly site: Site;
  readonly visitors: Visitors;
  /** The highest rating; the lowest is 1. */
  readonly ratingScale: number;
}

export interface Asked {
  readonly request: IncomingMessage;
  /** 0 where the path names none. */
  readonly user: number;
  readonly query: URLSearchParams;
}

export interface Operation {
  readonly method: 'GET' | 'POST';
  /** A group is the user. */
  readonly path: RegExp;
  readonly answer: (asked: Asked) => Reply | Promise<Reply>;
}

const FOUND_MAX = 6;
const film = z.string('must be the id of a film');
const wholeFrom = (low: number) => z.int('must be a whole number').min(low, `must be at least ${low}`);
const watchSchema = z.object({ film, minutes: wholeFrom(0) }, 'must be a JSON object');
const rateSchema = z.object({ film, rating: wholeFrom(1) }, 'must be a JSON object');

export function siteOperations({ site, visitors, ratingScale }: SiteParts): readonly Operation[] {
  const { world } = site;
  const search = createTitleSearch(world);
  const facts: SiteFacts = { occupations: occupationNames, ratingScale, films: world.ids.length };
  const person = (user: number, status = 200): Reply => json(status, personOf(world, visitors, user));

  /** What the person did, the new deed too, or why it was refused. */
  function act(user: number, id: string, deed: (film: number) => Result<void>): Reply {
    const index = world.indexOf(id);
    if (index === undefined) return refuse(400, 'film is not in the catalogue', searchHint);
    const done = deed(index);
    return done.ok ? person(user) : refused(done.error);
  }

  return [
    { method: 'GET', path: /^\/site$/, answer: () => json(200, facts) },
    {
      method: 'GET',
      path: /^\/site\/films$/,
      answer: ({ query }) => {
        const found = search(query.get('q') ?? '', site.conditions.filmsAvailable, FOUND_MAX);
        return json(200, { films: found.map((index) => siteFilm(world, index)) });
      },
    },
    {
      method: 'POST',
      path: /^\/site\/sign-up$/,
      answer: withBody(profileSchema, (profile) => {
        const user = visitors.signUp(profile);
        return user.ok ? person(user.value, 201) : refused(user.error);
      }),
    },
    {
      method: 'GET',
      path: /^\/site\/(\d{1,10})$/,
      answer: ({ user }) => (visitors.has(user) ? person(user) : nobody(user)),
    },
    {
      method: 'GET',
      path: /^\/site\/(\d{1,10})\/recommendations$/,
      answer: async ({ user }) => {
        const answer = await visitors.recommend(user);
        return answer.ok ? json(200, recommendationsOf(world, answer.value)) : refused(answer.error);
      },
    },
    {
      method: 'POST',
      path: /^\/site\/(\d{1,10})\/watch$/,
      answer: withBody(watchSchema, ({ film, minutes }, user) =>
        act(user, film, (index) => visitors.watch(user, index, minutes)),
      ),
    },
    {
      method: 'POST',
      path: /^\/site\/(\d{1,10})\/rate$/,
      answer: withBody(rateSchema, ({ film, rating }, user) =>
        act(user, film, (index) => visitors.rate(user, index, rating)),
      ),
    },
  ];
}

const withBody =
  <S extends z.ZodType>(schema: S, answer: (body: z.output<S>, user: number) => Reply) =>
  async ({ request, user }: Asked): Promise<Reply> => {
    const body = await readBody(request, schema);
    return 'refusal' in body ? body.refusal : answer(body.value, user);
  };

const searchHint = 'GET /site/films?q=<words> finds films.';
const refused = ({ message, hint }: MatineeError): Reply => refuse(400, message, hint);
const nobody = (user: number): Reply =>
  refuse(404, `nobody signed up here as user ${user}`, 'POST /site/sign-up makes a user.');
