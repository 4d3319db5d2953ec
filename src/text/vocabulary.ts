import { AppError } from '../core/errors.ts';
import type { Vocabulary } from './document.ts';

/** The special tokens of BERT in the order of their ids, 0 … 4. */
export const bertSpecials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;
/** The same five roles, in the same order, as RoBERTa and BART spell them. */
const robertaSpecials = ['<pad>', '<unk>', '<s>', '</s>', '<mask>'] as const;

/** Marks a piece that continues a word. */
export const continuation = '##';

const punctuation = /^[\p{P}\p{S}]+$/u;

/** What a token shows of the text; a lone `##` is punctuation of its own, not the mark of a continuation. */
const shownOf = (token: string): string =>
  token.startsWith(continuation) && token.length > continuation.length ? token.slice(continuation.length) : token;

/**
 * What each id means, from the tokens in the order of their ids and how often each stands in the text.
 * Content is what is not in `functionWords`; without such a list, what is not among the commonest tokens that
 * together make up half of the text. Special tokens and punctuation are never content.
 */
export function createVocabulary(
  tokens: readonly string[],
  counts: readonly number[],
  functionWords?: readonly string[],
  shown = shownOf,
): Vocabulary {
  const idOfToken = new Map(tokens.map((token, id) => [token, id]));
  const specials = bertSpecials.map((token, role) => {
    const id = idOfToken.get(token) ?? idOfToken.get(robertaSpecials[role]!);
    if (id !== undefined) return id;
    throw new AppError(
      'bad-file',
      `The vocabulary has no ${token} token, so it cannot be used. Choose a vocabulary that has ${bertSpecials.join(' ')}.`,
    );
  });
  const isSpecial = new Set(specials);
  const isFunction = functionWords ? new Set(functionWords) : commonest(tokens, counts, isSpecial);
  const isContent = tokens.map(
    (token, id) => !isSpecial.has(id) && !isFunction.has(token) && !punctuation.test(shown(token)),
  );
  return {
    tokens,
    size: tokens.length,
    counts,
    padId: specials[0]!,
    unknownId: specials[1]!,
    classifyId: specials[2]!,
    separateId: specials[3]!,
    maskId: specials[4]!,
    idOf: (token) => idOfToken.get(token),
    isSpecial: (id) => isSpecial.has(id),
    continues: (id) => tokens[id]?.startsWith(continuation) ?? false,
    isContent: (id) => isContent[id] ?? false,
  };
}

/**
 * Tokens as a reader sees them, where those that begin a word have a mark in front: words without it, and `##` in front
 * of what continues one, as everywhere here; a sign that continues a word shows that by itself.
 */
export const withoutMarks = (
  tokens: readonly string[],
  { isSpecial, continues }: Pick<Vocabulary, 'isSpecial' | 'continues'>,
  bare: (token: string) => string,
): readonly string[] =>
  tokens.map((token, id) => {
    if (isSpecial(id)) return token;
    const text = bare(token).trim() || '␣';
    return continues(id) && !punctuation.test(text) ? continuation + text : text;
  });

/** The commonest tokens that together make up half of the text. */
function commonest(tokens: readonly string[], counts: readonly number[], without: ReadonlySet<number>): Set<string> {
  const ids = tokens.map((_, id) => id).filter((id) => !without.has(id));
  ids.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const half = ids.reduce((sum, id) => sum + counts[id]!, 0) / 2;
  const chosen = new Set<string>();
  let sum = 0;
  for (const id of ids) {
    if (sum >= half) break;
    chosen.add(tokens[id]!);
    sum += counts[id]!;
  }
  return chosen;
}
