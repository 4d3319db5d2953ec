import type { ComponentProps } from 'svelte';
import type HeadInside from '../HeadInside.svelte';
import { reasons, softmax, wave } from './made/model.ts';

const text =
  '[CLS] on tuesday , it was rainy , so the [MASK] looked for honey near the forest . on [MASK] , mira went to the [MASK] and saw a pine . [SEP]';
const nothing = () => undefined;

/** A head that looks for the weather, over so many tokens of the story; left to right where `causal`. */
function headOver(count: number, query: number, numbers: number, causal = false) {
  const tokens = text.split(' ').slice(0, count);
  const scores = tokens.map((_, j) => reasons[1]!(query, j) * 0.8 - 0.4);
  const mask = tokens.map((_, j) => !causal || j <= query);
  const shares = softmax(scores.map((score, j) => (mask[j] ? score : Number.NEGATIVE_INFINITY)));
  const values = Array.from({ length: count * numbers }, (_, i) => 2.2 * wave(i, 5));
  const state = { values: Float32Array.from({ length: count * 64 }, (_, i) => wave(i, 3)), width: 64 };
  const keys = Array.from({ length: count * numbers }, (_, i) => 1.4 * wave(i, 9));
  const asked = Array.from({ length: numbers }, (_, i) => 1.9 * wave(i, 7));
  return { tokens, query, scores, mask, shares, values, numbers, state, keys, asked };
}

/** The same over scores that are sums, as where distances and segments are heard. */
function summed(head: ReturnType<typeof headOver>) {
  const distance = head.tokens.map((_, j) => -0.06 * Math.abs(head.query - j));
  const segment = head.tokens.map((_, j) => (j < 17 ? 0.12 : -0.3));
  const content = head.scores.map((score, j) => score - distance[j]! - segment[j]!);
  const terms = Object.entries({ content, distance, segment }).map(([title, values]) => ({ title, values }));
  return { ...head, terms };
}

/** The same where contents and places meet apart. */
function apart(head: ReturnType<typeof headOver>) {
  const names = ['content → content', 'content → place', 'place → content', 'absolute place'];
  const terms = names.map((title, t) => ({ title, values: head.scores.map((score) => (score * (4 - t)) / 10) }));
  return { ...head, terms };
}

/** A kernel over five places at the end of a text: what stands beyond it takes its share of nothing. */
function kernel() {
  const whole = summed(headOver(5, 2, 16));
  const product = whole.scores.map((score, j) => score - 0.1 * j);
  const bias = whole.scores.map((_, j) => 0.1 * j);
  const terms = Object.entries({ product, bias }).map(([title, values]) => ({ title, values }));
  const tokens = ['saw', 'a', 'pine', '.', '–'];
  const values = whole.values.map((value, i) => (i < 4 * 16 ? value : 0));
  return { ...whole, tokens, values, terms, first: 28, isKernel: true };
}

/** Bands around a head over so many tokens. */
const around = (count: number) => {
  const stateOf = (shift: number) => ({
    values: Float32Array.from({ length: count * 32 }, (_, i) => wave(i, shift)),
    width: 32,
  });
  return {
    before: [
      { id: 'embeddings', title: 'embeddings', state: stateOf(1) },
      { id: 'layer.0', title: 'layer 1', state: stateOf(2) },
    ],
    after: [
      { id: 'layer.1', title: 'rest of layer 2', state: stateOf(4) },
      { id: 'head', title: 'word head', answers: [{ place: 10, text: 'toad 14 %' }] },
    ],
  };
};

export const specimens: Readonly<Record<string, ComponentProps<typeof HeadInside>>> = {
  'a hole that looks for the weather': { ...headOver(32, 10, 32), width: 1096, oncomponent: nothing, ...around(32) },
  'by content, distance and segment': { ...summed(headOver(32, 10, 16)), width: 1096, ...around(32), key: 12 },
  'by content and place apart': { ...apart(headOver(32, 10, 16)), width: 1096, ...around(32) },
  'a kernel at the end of a text': { ...kernel(), width: 1096 },
  'left to right': { ...headOver(12, 8, 16, true), width: 760, component: 3 },
  'of 32 tokens, narrow': { ...headOver(32, 10, 32), width: 358, component: 9, ...around(32) },
  'on a projector': { ...headOver(9, 6, 16), width: 1100, size: 18 },
};
