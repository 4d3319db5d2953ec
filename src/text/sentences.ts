const titles = 'Mr|Mrs|Ms|Dr|St|Prof|Capt|Gen|Col|Rev|Sr|Jr|vs|etc|No|Vol|Fig|cf|e\\.g|i\\.e';

/** A full stop after a title, a common abbreviation or a single initial ends no sentence. */
const abbreviation = new RegExp(`(?:^|[\\s("'])(?:${titles}|[A-Z])\\.$`);

/**
 * End marks with the quotes and brackets that close there, then white space, then what can begin a sentence; the full
 * stops of Chinese and Japanese need no white space.
 */
const boundary =
  /[.!?\u2026]+["'\u201d\u2019)\]]*(?=\s+["'\u201c\u2018([]*[\p{Lu}\p{Lo}\p{N}])|[\u3002\uff01\uff1f]+["'\u201d\u2019\u300d)\]]*/gu;

/** The sentences of running text, white space within them made single. */
export function splitSentences(text: string): string[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const sentences: string[] = [];
  let start = 0;
  for (const match of line.matchAll(boundary)) {
    const end = match.index + match[0].length;
    const sentence = line.slice(start, end).trim();
    if (match[0] === '.' && abbreviation.test(sentence)) continue;
    sentences.push(sentence);
    start = end;
  }
  const rest = line.slice(start).trim();
  if (rest) sentences.push(rest);
  return sentences;
}
