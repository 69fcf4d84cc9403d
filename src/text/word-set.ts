/** Word lists as one writes them: separated by white space, over as many lines as it takes. */

export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
