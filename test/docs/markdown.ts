/** What the documentation tests read out of Markdown: links, headings and the commands a reader may type. */

/** Targets of links and pictures, `[text](target)`, outside code. */
export const linksOf = (markdown: string): string[] =>
  [...withoutCode(markdown).matchAll(/\]\(<?([^()\s>]+)>?(?: "[^"]*")?\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    (match) => (match[1] ?? match[2])!,
  );

/** The anchors of a document's headings, spelt as GitHub does. */
export const anchorsOf = (markdown: string): string[] =>
  [...markdown.replace(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Every line of a shell block and every code span, as a reader would type it: continuation lines joined, comments off. */
export function typedLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```(?:sh|bash|console)?\n([^]*?)^```/gm)].flatMap((match) =>
    match[1]!.replace(/\\\n\s*/g, ' ').split('\n'),
  );
  const spans = [...markdown.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  const bare = (line: string): string =>
    line
      .replace(/^\$ /, '')
      .replace(/\s#.*$/, '')
      .trim();
  return [...blocks, ...spans].map(bare).filter((line) => line !== '');
}

const withoutCode = (markdown: string): string => markdown.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
