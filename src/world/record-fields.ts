/**
 * The fields of a look-up API's record in both type styles: the older one writes numbers as text and the unknown as "null",
 * the newer one has real types. What is missing is null, never zero.
 */

import { z } from 'zod';

export interface FieldViolation {
  /** The field and what is wrong with it, without its value: few distinct texts, fit to be counted. */
  readonly what: string;
  /** The beginning of the value as JSON; empty when there is none. */
  readonly sample: string;
}

export interface RecordReading<Fields> {
  /** Null when the record cannot be used at all. */
  readonly fields: Fields | null;
  readonly violations: readonly FieldViolation[];
}

const SAMPLE_CHARS = 100;

/** JSON.stringify throws on what is nested too deeply, though JSON.parse reads it. */
export function sampleOf(value: unknown): string {
  try {
    return (JSON.stringify(value) as string | undefined)?.slice(0, SAMPLE_CHARS) ?? '';
  } catch {
    return '(nested too deeply)';
  }
}

const orNull = (value: unknown): unknown => (value === undefined || value === '' || value === 'null' ? null : value);

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : orNull(value);

export const optionalText = (charsMax: number) =>
  z.preprocess(orNull, z.string('is no text').max(charsMax, `has more than ${charsMax} characters`).nullable());

export const optionalNumber = (min: number, max: number) =>
  z.preprocess(asNumber, z.number('is no number').min(min, `is below ${min}`).max(max, `is above ${max}`).nullable());

/** `YYYY-MM-DD`, a day of the calendar. */
export const optionalDate = z.preprocess(orNull, z.iso.date('is no date like 1999-10-15').nullable());

/** The `name` of each member; none when the list is missing. */
export const optionalNames = (namesMax: number) =>
  z.preprocess(
    orNull,
    z
      .array(z.object({ name: z.string().min(1).max(100) }, 'is no list of names'), 'is no list of names')
      .max(namesMax, `has more than ${namesMax} members`)
      .nullable()
      .transform((members) => members?.map(({ name }) => name) ?? []),
  );

/** A field that breaks the schema is named and dropped, as if it were missing; the other fields stay. */
export function readRecord<Schema extends z.ZodObject>(schema: Schema, value: unknown): RecordReading<z.infer<Schema>> {
  const whole = schema.safeParse(value);
  if (whole.success) return { fields: whole.data, violations: [] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fields: null, violations: [{ what: 'record is no object', sample: sampleOf(value) }] };
  }

  const broken = new Map<string, string>();
  for (const { path, message } of whole.error.issues) {
    const field = String(path[0]);
    if (!broken.has(field)) broken.set(field, message);
  }
  const rest = schema.safeParse(Object.fromEntries(Object.entries(value).filter(([field]) => !broken.has(field))));
  return {
    fields: rest.success ? rest.data : null,
    violations: [...broken].map(([field, message]) => ({
      what: `${field} ${message}`,
      sample: sampleOf((value as Record<string, unknown>)[field]),
    })),
  };
}
