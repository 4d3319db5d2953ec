import { noisings, pairings } from '../../src/objectives/catalog.ts';
import type { TapeTools } from '../../src/panels/packed.ts';
import type { TapeState } from '../../src/panels/tape.ts';
import type { Tokenizer } from '../../src/text/document.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

/** Splits at blanks; a word that is not in the toy vocabulary is unknown. */
const tokenizer: Tokenizer = {
  id: 'blanks',
  vocabulary: toy,
  encode: (text) =>
    text
      .split(' ')
      .filter(Boolean)
      .map((word) => toy.idOf(word) ?? toy.unknownId),
  decode: (of) => of.map((id) => toy.tokens[id]).join(' '),
};

export const tools: TapeTools = {
  noising: noisings.mlm!,
  pairing: pairings.nsp!,
  pairingOptions: {},
  tokenizer,
  documents: [
    { sentences: [ids('the cat sat on the mat .'), ids('it was red .')] },
    { sentences: [ids('new york is a big city .'), ids('it is hot .')] },
  ],
  maxLength: 24,
};
export const start: TapeState = {
  sentence: 'the cat sat on the mat .',
  seed: '1',
  draw: 0,
  redraws: [],
  options: { ...noisings.mlm!.defaults, rate: 0.3 },
};
