import type { ComponentProps } from 'svelte';
import type PairCut from '../PairCut.svelte';

const first = { document: 11, lengths: [9, 14, 7, 11, 8] };
const other = { document: 40, lengths: [12, 6, 13] };

export const specimens: Readonly<Record<string, ComponentProps<typeof PairCut>>> = {
  'next sentence, from elsewhere': {
    sources: [first, other],
    a: { document: 11, first: 1, last: 2, skip: 0 },
    b: { document: 40, first: 1, last: 2, skip: 0 },
    textA: 'on monday mira went to the lake and saw a heron . it was cold .',
    textB: 'the toad lost a red hat . it looked near the pine all day .',
    coin: { question: 'Does B follow A?', answer: 'no, from another document' },
    verdict: 'Label 1: B does not follow A',
    width: 720,
  },
  'next sentence, narrow': {
    sources: [first],
    a: { document: 11, first: 0, last: 0, skip: 0 },
    b: { document: 11, first: 1, last: 3, skip: 0 },
    textA: 'anna lost her hat .',
    textB: 'on monday mira went to the lake and saw a heron . it was cold . she had no hat .',
    coin: { question: 'Does B follow A?', answer: 'yes' },
    verdict: 'Label 0: B follows A',
    width: 340,
  },
  'order swapped': {
    sources: [first],
    a: { document: 11, first: 3, last: 4, skip: 0 },
    b: { document: 11, first: 1, last: 2, skip: 0 },
    textA: 'then the sun came out and she found it . it was wet .',
    textB: 'on monday mira went to the lake and saw a heron . it was cold .',
    coin: { question: 'Swap A and B?', answer: 'yes' },
    verdict: 'Label 1: the order is swapped',
    width: 720,
  },
  'the coin not thrown yet': {
    sources: [first],
    a: { document: 11, first: 1, last: 2, skip: 0 },
    textA: 'on monday mira went to the lake and saw a heron . it was cold .',
    textB: '',
    verdict: 'The coin is not thrown yet',
    width: 720,
  },
};
