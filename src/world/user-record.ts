/** What the user API says of a user: its JSON, in either type style, as plain facts. */

import { z } from 'zod';
import { optionalNumber, optionalText, readRecord, type RecordReading } from './record-fields.js';
import { parseUserId } from './user-id.js';

export interface UserRecord {
  readonly user: number;
  /** Years. */
  readonly age: number | null;
  readonly occupation: string | null;
  readonly gender: string | null;
  /** In the user's own words. */
  readonly likes: string | null;
  readonly dislikes: string | null;
}

const USER_MAX = 9_999_999_999;

const userSchema = z.object({
  user_id: z.preprocess(
    (value) => (typeof value === 'string' ? parseUserId(value) : value),
    z.int('is no user id').min(0, 'is no user id').max(USER_MAX, 'is no user id'),
  ),
  age: optionalNumber(0, 150),
  occupation: optionalText(200),
  gender: optionalText(50),
  self_description_likes: optionalText(10_000),
  self_description_dislikes: optionalText(10_000),
});

/** Unknown fields are ignored. Without a user id there is no user. */
export function readUserRecord(value: unknown): RecordReading<UserRecord> {
  const { fields, violations } = readRecord(userSchema, value);
  if (fields === null) return { fields, violations };
  const { user_id, age, occupation, gender, self_description_likes, self_description_dislikes } = fields;
  return {
    fields: {
      user: user_id,
      age,
      occupation,
      gender,
      likes: self_description_likes,
      dislikes: self_description_dislikes,
    },
    violations,
  };
}
