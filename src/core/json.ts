/** JSON as a value: parsing what somebody else wrote may fail. */

/** Undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
