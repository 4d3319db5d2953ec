import { expect, test } from 'vitest';
import { cutBy, isTorn, showPiece, spentOn, tableSizes } from '../../src/panels/pieces.ts';
import { toLetters } from '../../src/text/tokenizers/byte-spelling.ts';
import { prepare } from '../../src/training/data.ts';
import { defaultRun, withSettings } from '../../src/training/settings.ts';

const read = (tokenizer: string, vocabSize: number) =>
  prepare(withSettings(defaultRun, { corpus: 'pocket-stories', tokenizer, vocabSize }).text);
const [words, bytes] = await Promise.all([read('wordpiece', 1000), read('bytes', 1000)]);
const tokensOf = (cut: ReturnType<typeof cutBy>) => cut.chips.map(({ token }) => token);

test('a piece shows its text, its space, or the numbers of its bytes', () => {
  expect(showPiece(toLetters(' the'))).toBe('␣the');
  expect(showPiece(toLetters('é'))).toBe('é');
  const frog = [...toLetters('🐸')];
  expect(frog.map(showPiece)).toEqual(['F0', '9F', '90', 'B8']);
  expect(showPiece(frog.slice(0, 2).join(''))).toBe('F0 9F');
  expect(showPiece(toLetters(' ') + frog[0])).toBe('␣ F0');
  expect(showPiece(toLetters('\n'))).toBe('0A');
  expect(showPiece(toLetters('\u200b'))).toBe('E2 80 8B');
  expect([isTorn(frog[0]!), isTorn(toLetters('🐸'))]).toEqual([true, false]);
});

test('what WordPiece has no pieces for is unknown; byte pieces spell it', () => {
  const text = 'The 🐸 sat';
  const byWords = cutBy(words.tokenizer, text);
  expect(tokensOf(byWords)).toEqual(['the', '[UNK]', 'sat']);
  expect([byWords.unknown, byWords.torn]).toEqual([1, 0]);
  const byBytes = cutBy(bytes.tokenizer, text);
  expect(tokensOf(byBytes)).toEqual(['␣The', '␣', 'F0', '9F', '90', 'B8', '␣sat']);
  expect([byBytes.unknown, byBytes.torn]).toEqual([0, 4]);
});

test('with as many rows byte pieces are more, and none is ever unknown', async () => {
  const [word, byte] = [spentOn(words.heldOut, words.tokenizer), spentOn(bytes.heldOut, bytes.tokenizer)];
  expect(byte.pieces).toBeGreaterThan(word.pieces);
  expect(byte.unknown).toBe(0);
  const larger = await read('bytes', 2000);
  expect(spentOn(larger.heldOut, larger.tokenizer).pieces).toBeLessThan(word.pieces);
});

test('tables are offered that have room for every byte and that a run may have', () => {
  expect(tableSizes(1000, 261, 4096)).toEqual([1000, 2000, 4000]);
  expect(tableSizes(192, 261, 4096)).toEqual([384, 768]);
  expect(tableSizes(3000, 261, 4096)).toEqual([3000, 4096]);
});
