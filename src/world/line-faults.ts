/** Why a line of the log is refused: the closed list of reason codes, the first fault found in this order being the one named. */

/** Longer lines are refused unread. The longest that the site writes, a list of twenty long ids, is below 6 KiB. */
export const LINE_BYTES_MAX = 16_384;

/**
 * The faults of the line as a whole, then those of its fields from left to right. In examples `\xHH` stands for a byte that is
 * no ASCII, and an ellipsis at the end for the rest of what is too long to print.
 */
export const lineFaults = [
  {
    code: 'empty',
    meaning: 'The line holds no byte: a tombstone, or two line ends in a row.',
    example: '',
  },
  {
    code: 'line-too-long',
    meaning: 'The line is longer than 16,384 bytes and was not read.',
    example: '2026-08-27T18:44:45.585,118511,GET /data/m/fight+club+fight+club+fight+club…',
  },
  {
    code: 'not-utf8',
    meaning: 'The line, faulty as it is, also holds bytes that are not UTF-8.',
    example: '2026-08-27T18:44:45.585,118511,GET /data/m/am\\xE9lie+2001/19.mpg',
  },
  {
    code: 'too-few-fields',
    meaning: 'The line is faulty and has fewer than the two commas that end time and user.',
    example: '2026-08-27T18:44:45.585,118511',
  },
  {
    code: 'time',
    meaning:
      'No date of the calendar as YYYY-MM-DD, T, and a time as HH:MM, HH:MM:SS or HH:MM:SS with 3, 6 or 9 decimals.',
    example: '2022-11-1 4T12:23:14,448578,GET /data/m/fight+club+1999/95.mpg',
  },
  {
    code: 'user',
    meaning: 'The user id is not a whole number of one to ten digits without leading zeros.',
    example: '2026-08-27T18:44:45.585,317r398,GET /data/m/fight+club+1999/19.mpg',
  },
  {
    code: 'request',
    meaning: 'What the user did is neither a minute of a film, a rating, a new account nor a recommendation request.',
    example: '2026-08-27T18:44:45.585,118511,GZET /data/m/fight+club+1999/19.mpg',
  },
  {
    code: 'film',
    meaning: 'The film id is empty, longer than 255 bytes, or holds a byte that no film id has, such as a blank.',
    example: '2026-08-27T18:44:45.585,118511,GET /data/m/d ark+city+1998/19.mpg',
  },
  {
    code: 'minute',
    meaning:
      'The film is not followed by a slash, a whole number up to 65,534 without leading zeros, and .mpg at the end.',
    example: '2026-08-27T18:44:45.585,118511,GET /data/m/fight+club+1999/19.Hmpg',
  },
  {
    code: 'rating',
    meaning: 'The film is not followed by = and a whole number of one to three digits without leading zeros.',
    example: '2026-02-14T00:09:21,130276,GET /rate/fight+club+1999=1.5',
  },
  {
    code: 'host',
    meaning: 'The host that was asked for a recommendation is empty or holds a blank or a control character.',
    example: '2026-02-14T00:09:21,23,recommendation request film s:8082, status 0, result: Connection refused, 9 ms',
  },
  {
    code: 'status',
    meaning: 'The status is neither 0 nor a whole number from 100 to 599.',
    example: '2026-02-14T00:09:21,23,recommendation request films:8082, status 2000, result: fight+club+1999, 9 ms',
  },
  {
    code: 'result',
    meaning: 'No result follows the status, or its text holds control characters or bytes that are not UTF-8.',
    example: '2026-02-14T00:09:21,23,recommendation request films:8082, status 200, re sult: fight+club+1999, 9 ms',
  },
  {
    code: 'latency',
    meaning:
      'The line does not end with a comma, a blank, a whole number of one to nine digits without leading zeros, and ms.',
    example: '2026-02-14T00:09:21,23,recommendation request films:8082, status 200, result: fight+club+1999, 9 Xms',
  },
  {
    code: 'list',
    meaning: 'The result of status 200 is not a list of well-formed film ids with a comma and a blank between them.',
    example: '2026-02-14T00:09:21,23,recommendation request films:8082, status 200, result: fight+ club+1999, 9 ms',
  },
] as const satisfies readonly { readonly code: string; readonly meaning: string; readonly example: string }[];

export type LineFault = (typeof lineFaults)[number]['code'];

/** Faults as parsers return them: −1 is the first of the list. */
export const faultNumber = (code: LineFault): number => -1 - lineFaults.findIndex((fault) => fault.code === code);

export const faultOf = (number: number): LineFault => lineFaults[-1 - number]!.code;
