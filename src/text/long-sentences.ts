import { longestWord } from './tokenizers/pieces.ts';
import { hasIdeograph, standsAlone } from './tokenizers/words.ts';

/** What has no full stop for longer than this is cut, since no model's window would hold it. */
export const longestSentence = 100;

/** A character may become three where accents and syllables are taken apart; shorter words always fit. */
const surelyFits = Math.floor(longestWord / 3);

/** What may stand between two spaces, and as how many words it counts. */
interface Piece {
  readonly text: string;
  readonly words: number;
}

/** What was cut so far. */
export interface Cuts {
  sentences: number;
  words: number;
}

/** A sentence as it is, or in pieces that a model's window may hold; counts into `cuts` what was cut. */
export function* cutLong(sentence: string, cuts: Cuts): Generator<string> {
  const isSpaced = !hasIdeograph(sentence);
  let piece: string[] = [];
  let words = 0;
  let pieces = 0;
  for (const word of sentence.split(/\s+/)) {
    for (const part of isSpaced && word.length <= surelyFits ? [{ text: word, words: 1 }] : cutWord(word, cuts)) {
      if (words + part.words > longestSentence && piece.length > 0) {
        yield piece.join(' ');
        piece = [];
        words = 0;
        pieces++;
      }
      piece.push(part.text);
      words += part.words;
    }
  }
  yield piece.join(' ');
  if (pieces > 0) cuts.sentences++;
}

/**
 * What stands between two spaces, cut where a run of letters would be too long for a token or where there would be too
 * many words for a sentence, as in scripts without spaces. What is short and has no ideograph counts as one word,
 * whatever marks stand in it.
 */
function* cutWord(word: string, cuts: Cuts): Generator<Piece> {
  const isOne = word.length <= longestWord && !hasIdeograph(word);
  let from = 0;
  let at = 0;
  let letters = 0;
  let words = 0;
  let tooLong = false;
  for (const character of word) {
    const isAlone = standsAlone(character);
    const size = isAlone ? 0 : sizeOf(character);
    const begins = isAlone || letters === 0;
    if (letters + size > longestWord || (begins && words === longestSentence)) {
      tooLong ||= letters + size > longestWord;
      yield { text: word.slice(from, at), words: isOne ? 1 : words };
      from = at;
      letters = 0;
      words = 0;
    }
    if (isAlone || letters === 0) words++;
    letters = isAlone ? 0 : letters + size;
    at += character.length;
  }
  if (tooLong) cuts.words++;
  yield { text: word.slice(from), words: isOne ? 1 : words };
}

/** How many characters the tokenizer makes of one. */
const sizeOf = (character: string): number =>
  character.charCodeAt(0) < 0x80 ? 1 : [...character.normalize('NFD')].length;
