const titles = 'Mr|Mrs|Ms|Dr|St|Prof|Capt|Gen|Col|Rev|Sr|Jr|vs|etc|No|Vol|Fig|cf|e\\.g|i\\.e';

/** A full stop after a title, a common abbreviation or a single initial ends no sentence. */
const abbreviation = new RegExp(`(?:^|[\\s("'])(?:${titles}|[A-Z])\\.$`);

/** Longer than the longest abbreviation with what stands before it. */
const abbreviationLength = 8;

/**
 * End marks with the quotes and brackets that close there. One run is one match, never tried again from within, so that
 * a text of full stops alone is read in one go.
 */
const marks =
  /[.!?\u2026]+["'\u201d\u2019)\]]*|[\u3002\uff01\uff1f\uff61]+["'\u201d\u2019)\]\u300d\u300f\uff09\u3011\u300b]*/g;

/** White space, then what can begin a sentence. */
const opening = /\s["'\u201c\u2018([]*[\p{Lu}\p{Lo}\p{N}]/uy;
/** The same in a text without capital letters. */
const smallOpening = /\s["'\u201c\u2018([]*[\p{L}\p{N}]/uy;

/** Whether a text has a capital letter. */
export const hasCapital = (text: string): boolean => /\p{Lu}/u.test(text);

/** The full stops of Chinese and Japanese need no white space behind them. */
const standsAlone = /^[\u3002\uff01\uff1f\uff61]/;

/**
 * The sentences of running text, white space within them made single. Where capital letters tell nothing, for the text
 * has none (`isSmall`), any letter can begin one.
 */
export function* eachSentence(text: string, isSmall = false): Generator<string> {
  const line = text.replace(/\s+/g, ' ').trim();
  const begins = isSmall ? smallOpening : opening;
  let start = 0;
  for (const match of line.matchAll(marks)) {
    const end = match.index + match[0].length;
    begins.lastIndex = end;
    if (!standsAlone.test(match[0]) && !begins.test(line)) continue;
    if (match[0] === '.' && abbreviation.test(line.slice(Math.max(start, end - abbreviationLength), end).trim()))
      continue;
    yield line.slice(start, end).trim();
    start = end;
  }
  const rest = line.slice(start).trim();
  if (rest) yield rest;
}

/** All of them at once. */
export const splitSentences = (text: string): string[] => [...eachSentence(text)];

/** Whether a text has a sentence mark anywhere. */
export const hasSentenceMark = (text: string): boolean => /[.!?\u2026\u3002\uff01\uff1f\uff61]/.test(text);
