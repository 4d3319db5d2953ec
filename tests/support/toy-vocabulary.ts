import type { Vocabulary } from '../../src/text/document.ts';

const list =
  '[PAD] [UNK] [CLS] [SEP] [MASK] the a cat dog sat ran on mat rug . new york is city big red sun rose it was hot play ##ing ##s un ##seen far';
const functionWords = ['the', 'a', 'on', 'is', 'it', 'was', '.'];

/** A vocabulary over the given tokens; special ones are those in brackets. */
export function vocabularyOf(tokens: readonly string[], specials: Partial<Vocabulary> = {}): Vocabulary {
  const idOf = (token: string) => {
    const id = tokens.indexOf(token);
    return id < 0 ? undefined : id;
  };
  const special = (id: number) => /^(\[[A-Z]+\]|<[a-z/]+>)$/.test(tokens[id] ?? '');
  return {
    tokens,
    size: tokens.length,
    counts: tokens.map((_, id) => (special(id) ? 0 : 1)),
    padId: idOf('[PAD]') ?? -1,
    unknownId: idOf('[UNK]') ?? -1,
    classifyId: idOf('[CLS]') ?? -1,
    separateId: idOf('[SEP]') ?? -1,
    maskId: idOf('[MASK]') ?? -1,
    idOf,
    isSpecial: special,
    continues: (id) => tokens[id]!.startsWith('##'),
    isContent: (id) => !special(id) && !functionWords.includes(tokens[id]!),
    ...specials,
  };
}

/** The 32 tokens of the worked examples. */
export const toy: Vocabulary = vocabularyOf(list.split(' '));

/** Ids of tokens written with blanks between them. */
export const ids = (text: string, vocabulary: Vocabulary = toy): number[] =>
  text.split(' ').map((token) => {
    const id = vocabulary.idOf(token);
    if (id === undefined) throw new Error(`no token ${token}`);
    return id;
  });

/** Tokens of ids, with blanks between them. */
export const words = (of: readonly number[], vocabulary: Vocabulary = toy): string =>
  of.map((id) => vocabulary.tokens[id]).join(' ');
