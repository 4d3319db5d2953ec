import { expect, test } from 'vitest';
import { noisings } from '../../src/objectives/catalog.ts';
import { firstWords, packed, playText, toolsOf } from '../../src/panels/packed.ts';
import type { TapeState } from '../../src/panels/tape.ts';
import { prepare } from '../../src/training/data.ts';
import { runFrom } from '../../src/training/settings.ts';

const run = runFrom({
  architecture: 'transfo-xl',
  pairing: 'following',
  pairingOptions: {},
  noising: 'causal',
  noisingOptions: {},
  maxLength: 12,
});
const data = await prepare(run.text);
const tools = toolsOf(run, data, noisings.causal!);
const state: TapeState = { seed: '3', draw: 0, redraws: [], options: { mode: 'clean' } };

test('a text stands bare where the architecture reads it so, and the token behind it is asked for too', () => {
  const text = packed(state, tools);
  expect(text.sequence.ids).toHaveLength(12);
  expect(text.sequence.ids.some(data.vocabulary.isSpecial)).toBe(false);
  const { example, decisions } = playText(state, text, tools);
  expect(example.labels).toEqual([...text.sequence.ids.slice(1), text.sequence.next]);
  expect(decisions.at(-1)!.answer).toMatch(/^the one behind the row \(\w/);
  expect(firstWords(state, text, tools)).toBe(data.tokenizer.decode(text.sequence.ids));
});

test('a sentence of the reader’s own fills the row to its end, and nothing is behind it', () => {
  const sentence = 'on friday , leo went to the farm and saw a cow . on';
  const { sequence, remarks } = packed({ ...state, sentence }, tools);
  expect(data.tokenizer.decode(sequence.ids)).toBe('on friday , leo went to the farm and saw a cow');
  expect(sequence.next).toBe(undefined);
  expect(remarks).toEqual(['Only the first 12 of 14 tokens fit into 12; the rest is left out.']);
});

test('of a text of unknown words alone one sentence says so, and what to do; of a few it counts them', () => {
  const mlm = toolsOf(runFrom({ maxLength: 32 }), data, noisings.mlm!);
  const remarksOf = (sentence: string) => packed({ ...state, options: {}, sentence }, mlm).remarks;
  expect(remarksOf('xyzzy plugh')).toEqual([
    'No word of this text is in the vocabulary of this corpus: each stands as [UNK], and there is nothing to ask about it. Write other words, or take a passage from the corpus.',
  ]);
  expect(remarksOf('the xyzzy plugh')).toEqual([
    '2 tokens are not in the vocabulary of this corpus and stand as [UNK].',
  ]);
});
