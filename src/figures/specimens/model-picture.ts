import type { ComponentProps } from 'svelte';
import type ModelPicture from '../ModelPicture.svelte';
import type { DrawnBlock, Row } from '../model-picture.ts';
import { answer, chipsOf, encoder, inner, maps, state } from './made/model.ts';

const nothing = () => undefined;
const operable = { onpick: nothing, onhead: nothing, onblock: nothing };

const story: Row = {
  side: 'input',
  chips: chipsOf(
    '[CLS] on tuesday , it was rainy , so the *toad looked for honey near the forest . on *wednesday , mira went to the *forest and saw a pine . [SEP]',
  ),
};
const answers = [
  answer(10, 'toad', 0.14, 'snail', 'mouse'),
  answer(19, 'wednesday', 0.82, 'friday', 'monday'),
  answer(25, 'forest', 0.44, 'mountain', 'harbor'),
];
const head: DrawnBlock = { id: 'head', title: 'word head', kind: 'head', side: 'input', weights: 4480, answers };
const bert = [...encoder(story, 2, 4), head];
const differences = ['no block more or less', '2 layers, not 12', '64 wide, not 768', '4 heads a layer, not 12'];

/** The second layer is the first once more. */
const albert = [
  ...encoder(story, 2, 2).map((block) =>
    block.id === 'layer.1'
      ? { ...block, weights: 0, again: 'layer 1' }
      : block.kind === 'embeddings'
        ? { ...block, differs: 'made wide afterwards' }
        : block,
  ),
  head,
];

const spoiled: Row = { side: 'input', chips: chipsOf('[CLS] the *chef *cooked the meal [SEP]') };
const filled: Row = {
  side: 'input',
  stack: 'discriminator',
  chips: chipsOf('[CLS] +the +chef +ate +the +meal [SEP]').map((chip) =>
    chip.token === 'ate' ? { ...chip, mark: 'substituted', original: 'cooked' } : chip,
  ),
};
const judged = [1, 2, 3, 4, 5].map((place) => ({
  ...answer(place, place === 3 ? 'replaced' : 'original', 0.9, place === 3 ? 'original' : 'replaced'),
}));
const electra: readonly DrawnBlock[] = [
  ...encoder(spoiled, 1, 1, 'generator'),
  {
    ...head,
    id: 'generator.head',
    stack: 'generator',
    answers: [answer(2, 'chef', 0.31, 'cook', 'boy'), answer(3, 'cooked', 0.2, 'ate', 'made')],
  },
  ...encoder(filled, 1, 4, 'discriminator'),
  { ...head, id: 'discriminator.head', title: 'judge', stack: 'discriminator', weights: 4225, answers: judged },
];

const given: Row = { side: 'input', chips: chipsOf('[CLS] on tuesday , she danced with *drum at the school . [SEP]') };
const written: Row = {
  side: 'decoder',
  chips: chipsOf('[CLS] +on +tuesday +, +she +danced +with +the +drum +at +the +school +.'),
};
const decoderLayer = (layer: number): DrawnBlock => ({
  id: `decoder.${layer}`,
  title: `decoder ${layer + 1}`,
  kind: 'layer',
  side: 'decoder',
  stack: 'decoder',
  weights: 66_752,
  maps: [
    maps(`decoder.attention.${layer}`, 2, written.chips.length, { side: 'decoder', causal: true }),
    maps(`decoder.cross.${layer}`, 2, written.chips.length, { columns: given.chips.length }),
  ],
  inner: inner(written.chips.length, 5 + layer),
  state: state(written.chips.length, 7 + layer),
  differs: 'a bridge more',
});
const bart: readonly DrawnBlock[] = [
  ...encoder(given, 1, 2).map((block) => ({ ...block, stack: 'encoder' })),
  decoderLayer(0),
  decoderLayer(1),
  {
    ...head,
    side: 'decoder',
    stack: 'decoder',
    answers: written.chips.slice(1).map(({ token }, i) => answer(i, token, 0.3 + 0.05 * i, 'the', 'a')),
  },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof ModelPicture>>> = {
  'two layers of four heads': { rows: [story], blocks: bert, width: 1096, differences, ...operable },
  'the same in half the height': { rows: [story], blocks: bert, width: 1096, height: 330, differences },
  'the same, narrow': { rows: [story], blocks: bert, width: 358, differences, ...operable },
  'a layer that comes again': {
    rows: [story],
    blocks: albert,
    width: 1000,
    token: 25,
    heads: { 'layer.0': 'attention.0|0' },
    differences: ['one layer, used twice', 'embeddings 32 wide'],
  },
  'two networks on one row': { rows: [spoiled, filled], blocks: electra, width: 800, token: 3 },
  'a decoder that reads across': {
    rows: [given, written],
    blocks: bart,
    width: 900,
    written: 7,
    token: 7,
    differences: ['a decoder, which sees only what stands before', 'a bridge in each of its layers'],
    ...operable,
  },
  'twelve heads on a projector': { rows: [spoiled], blocks: encoder(spoiled, 1, 12), width: 1100, size: 18 },
};
