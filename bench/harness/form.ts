/**
 * How long a bench takes. `--short`: seconds, to see that it works; what it measures is shown but not kept. `--long`: the time
 * that the bars name, where that is longer than what one waits for every day.
 */

const asked = (flag: string): boolean => process.argv.includes(flag);

export const short = asked('--short');

/** One of these, by the form that was asked for; `long` is as `usual` where it is absent. */
export function byForm<T>(form: { readonly short: T; readonly usual: T; readonly long?: T }): T {
  if (short) return form.short;
  return asked('--long') && form.long !== undefined ? form.long : form.usual;
}

/** A bar to which only the whole measurement is held: the short one has too little of what it is for. */
export const wholeBar = (bar: number): number | undefined => (short ? undefined : bar);
