/** A person at the simulated site: what they say of themselves, and what they did. Plain JSON, so that it can be kept. */

import { z } from 'zod';
import { occupationNames } from '../viewers/users.js';

const DESCRIPTION_LENGTH_MAX = 2000;
const AGE_MAX = 120;

const description = z
  .string(`must be text of at most ${DESCRIPTION_LENGTH_MAX} characters, or null`)
  .trim()
  .max(DESCRIPTION_LENGTH_MAX, `must be at most ${DESCRIPTION_LENGTH_MAX} characters long`)
  .nullable()
  .transform((text) => (text === '' ? null : text));

const age = `must be a whole number of years from 1 to ${AGE_MAX}`;

/** The messages complete the name of what is wrong. */
export const profileSchema = z.object(
  {
    age: z.int(age).min(1, age).max(AGE_MAX, age),
    gender: z.enum(['F', 'M'], 'must be F or M: the site knows no other'),
    occupation: z.enum(occupationNames, `must be one of: ${occupationNames.join(', ')}`),
    likes: description,
    dislikes: description,
  },
  'must be a JSON object',
);

const deedSchema = z
  .object({
    kind: z.enum(['watched', 'rated']),
    /** Index. */
    film: z.int().min(0),
    /** Minutes watched, or the rating. */
    value: z.int().min(0),
    /** World time, ms since 1970. */
    timeMs: z.number(),
  })
  .readonly();

export const guestSchema = z
  .object({
    user: z.int().min(1),
    profile: profileSchema.readonly(),
    /** Newest last. */
    deeds: z.array(deedSchema).readonly(),
  })
  .readonly();

export type Profile = z.output<typeof profileSchema>;
export type Deed = z.output<typeof deedSchema>;
export type Guest = z.output<typeof guestSchema>;
