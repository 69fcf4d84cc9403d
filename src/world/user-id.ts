/** User ids of the customer: one to ten decimal digits. */

/** The id as a number, leading zeros dropped; null for anything else. Runs for every request, hence no regular expression. */
export function parseUserId(text: string): number | null {
  if (text.length === 0 || text.length > 10) return null;
  let id = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return null;
    id = id * 10 + digit;
  }
  return id;
}
