import type { Report } from '../text/own-text.ts';
import type { Data } from '../training/data.ts';
import { runFields } from '../training/run.ts';

const number = (n: number): string => n.toLocaleString('en');
const counted = (n: number, one: string): string => `${number(n)} ${n === 1 ? one : `${one}s`}`;

/** The largest vocabulary that its control takes. */
const mostTokens = runFields.flatMap(({ key, kind }) =>
  key === 'vocabSize' && kind.type === 'number' ? [kind.max] : [],
)[0]!;

function percent(share: number): string {
  if (share < 0.001) return 'less than 0.1 %';
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** What was understood of a text, as sentences. */
export function sayRead({ documents, sentences, words, taken, dropped, cut }: Report): readonly string[] {
  const said = (what: string, phrases: readonly string[]) =>
    phrases.length > 0 ? [`${what}: ${phrases.join('; ')}.`] : [];
  return [
    `${counted(documents, 'document')}, ${counted(sentences, 'sentence')}, ${counted(words, 'word')}.`,
    ...said('Read', taken),
    ...said('Left out', dropped),
    ...said('Cut', cut),
  ];
}

/** How the learned vocabulary fits its text, and what to change where it does not. */
export function sayLearned({ vocabulary, enough }: Pick<Data, 'vocabulary' | 'enough'>): string {
  const tokens = vocabulary.counts.reduce((sum, count) => sum + count, 0);
  const unknown = vocabulary.counts[vocabulary.unknownId]!;
  if (unknown === 0) return `${counted(tokens, 'token')}, none unknown.`;
  const share = percent(unknown / tokens);
  if (!enough) return `${counted(tokens, 'token')}, ${share} unknown.`;
  return `${counted(tokens, 'token')}; ${share} of the tokens are unknown: ${advise(enough, vocabulary.size)}.`;
}

function advise(enough: number, size: number): string {
  const fewer = 'take a text with fewer different characters';
  if (size >= mostTokens) return `no vocabulary here holds all characters; ${fewer}`;
  const rounded = Math.ceil(enough / 100) * 100;
  if (enough > mostTokens) return `raise Vocabulary to ${number(mostTokens)}, the most there is, or ${fewer}`;
  return `raise Vocabulary to ${number(Math.min(rounded, mostTokens))}`;
}
