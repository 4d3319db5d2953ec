import type { ComponentProps } from 'svelte';
import type VectorSteps from '../VectorSteps.svelte';
import type { VectorLine, VectorStep } from '../vector-steps.ts';
import { wave } from './made/model.ts';

const tokens = '[CLS] on tuesday , it was rainy , so the [MASK] looked for honey . [SEP]'.split(' ');
const nothing = () => undefined;
const vector = (width: number, shift: number) => Array.from({ length: width }, (_, i) => 1.3 * wave(i, shift));
const added = (lines: readonly VectorLine[]) =>
  Array.from(lines[0]!.vector, (_, c) => lines.reduce((sum, { factor = 1, vector: x }) => sum + factor * x[c]!, 0));

/** A norm of a vector with waves for its gain and shift. */
function normed(x: readonly number[]): VectorStep {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const spread = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length);
  const [gain, shift] = [x.map((_, c) => 1 + 0.1 * wave(c, 8)), x.map((_, c) => 0.1 * wave(c, 9))];
  const out = x.map((value, c) => ((value - mean) / spread) * gain[c]! + shift[c]!);
  const norm = { statistics: { mean, spread }, gain, shift };
  return { title: 'norm', words: [], lines: [], total: { title: 'what goes on', vector: out }, norm };
}

function embeddings(width: number): readonly VectorStep[] {
  const lines: readonly VectorLine[] = [
    { title: 'rainy', isToken: true, vector: vector(width, 1) },
    { title: 'segment A', vector: vector(width, 2) },
    { title: 'place 6', vector: vector(width, 3) },
  ];
  const sum = added(lines);
  const words = ['a row of each table,', 'added up'];
  return [{ title: 'look up', words, lines, total: { title: 'their sum', vector: sum } }, normed(sum)];
}

function feedForward(width: number, inner: number): readonly VectorStep[] {
  const input = vector(width, 4);
  const before = vector(inner, 5).map((x) => 2 * x);
  const after = before.map((x) => Math.max(0, x));
  const strongest = [...after.keys()].sort((a, b) => after[b]! - after[a]!).slice(0, 5);
  const own = strongest.map((u) => ({ title: `unit ${u + 1}`, factor: after[u]!, vector: vector(width, u) }));
  const lines: readonly VectorLine[] = [
    ...own,
    { title: `${inner - 5} others`, vector: vector(width, 6) },
    { title: 'bias', vector: vector(width, 7) },
  ];
  const sum = added(lines);
  const both: readonly VectorLine[] = [
    { title: 'what went in', vector: input },
    { title: 'what is added', vector: sum },
  ];
  return [
    {
      title: 'hidden units',
      words: ['what goes in, mapped', `to ${inner} units`],
      lines: [{ title: 'what goes in', vector: input }],
      units: { before, after, activation: 'relu', strongest },
    },
    {
      title: 'weighted sum',
      words: ['unit × its weights:', 'the strongest first'],
      lines,
      total: { title: 'what is added', vector: sum },
    },
    {
      title: 'sum',
      words: ['with what went in'],
      lines: both,
      total: { title: 'their sum', vector: added(both) },
    },
    normed(added(both)),
  ];
}

const folded = {
  before: [{ id: 'embeddings', title: 'embeddings' }],
  after: [{ id: 'layer.1', title: 'layer 2' }],
};

export const specimens: Readonly<Record<string, ComponentProps<typeof VectorSteps>>> = {
  'the embeddings of a word': {
    name: 'The embeddings',
    tokens,
    place: 6,
    steps: embeddings(64),
    component: 20,
    width: 1096,
    oncomponent: nothing,
    onplace: nothing,
    ...folded,
  },
  'a feed-forward part': {
    name: 'The feed-forward part of layer 1',
    tokens,
    place: 10,
    steps: feedForward(64, 256),
    component: 3,
    width: 1096,
    ...folded,
  },
  'a feed-forward part, narrow': {
    name: 'The feed-forward part of layer 1',
    tokens,
    place: 10,
    steps: feedForward(64, 256),
    component: 60,
    width: 358,
  },
  'embeddings on a projector': {
    name: 'The embeddings',
    tokens: tokens.slice(0, 8),
    place: 6,
    steps: embeddings(32),
    component: 31,
    width: 1100,
    size: 18,
  },
};
