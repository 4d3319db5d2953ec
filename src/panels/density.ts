import { loadPictures } from '../models/pictures.ts';
import { multiplyAddsOf } from '../training/multiply-adds.ts';
import type { Run, Settings } from '../training/run.ts';
import { runFrom } from '../training/settings.ts';
import { slotsOf } from '../training/slots.ts';

/** A way to pretrain, at some size. */
interface Way {
  readonly name: string;
  readonly settings: Settings;
  /** Of the tokens that are read or written, how many are asked for; absent: as many as there are slots. */
  readonly asked?: 'all';
}

const window = { pairing: 'contiguous', pairingOptions: { sentences: 2 } };
const rate = { count: 'fixed', rate: 0.15 };
const generator = (hidden: number, layers: number, heads: number, embedding: number) => ({
  generator: { embedding, hidden, layers, heads, inner: 4 * hidden },
});

/** Sizes, and what the generator is at each. */
export const sizes = {
  base: {
    label: 'base: 12 layers, 768 wide, rows of 512',
    size: { layers: 12, hidden: 768, heads: 12, maxLength: 512, batchSize: 1 },
    vocabulary: 30_522,
    generator: generator(256, 12, 4, 768),
  },
  toy: {
    label: 'our toys: 2 layers, 64 wide, rows of 36',
    size: { layers: 2, hidden: 64, heads: 4, maxLength: 36, batchSize: 1 },
    vocabulary: 192,
    generator: {},
  },
} as const;
export type SizeName = keyof typeof sizes;

const waysAt = (name: SizeName): readonly Way[] => {
  const { layers } = sizes[name].size;
  // BART's layers are shared out between its two halves.
  const halved = { layers: Math.max(1, layers / 2) };
  return [
    { name: 'holes (BERT)', settings: { ...window, noisingOptions: rate } },
    { name: 'an order (XLNet)', settings: { ...window, architecture: 'xlnet', noising: 'plm', noisingOptions: {} } },
    {
      name: 'fakes (ELECTRA)',
      settings: {
        ...window,
        architecture: 'electra',
        noising: 'rtd',
        noisingOptions: {},
        architectureOptions: sizes[name].generator,
      },
      asked: 'all',
    },
    {
      name: 'noise (BART)',
      settings: { ...window, architecture: 'bart', noising: 'denoise', noisingOptions: {}, ...halved },
      asked: 'all',
    },
    { name: 'next token', settings: { ...window, noising: 'causal', noisingOptions: {} }, asked: 'all' },
  ];
};

export interface Density {
  readonly name: string;
  /** Share of the tokens that are asked for. */
  readonly asked: number;
  /** Multiply-adds of a step, as a multiple of those of holes. */
  readonly cost: number;
  /** Share asked for what a step of holes costs. */
  readonly density: number;
}

const runOfWay = ({ settings }: Way, name: SizeName): Run =>
  runFrom({ architectureOptions: {}, ...sizes[name].size, ...settings });

/** How much is asked for the same arithmetic, counted from shapes. */
export async function densitiesOf(name: SizeName): Promise<readonly Density[]> {
  await loadPictures();
  const { vocabulary, size } = sizes[name];
  const ways = waysAt(name).map((way) => {
    const run = runOfWay(way, name);
    return { way, run, adds: multiplyAddsOf(run, vocabulary) };
  });
  const first = ways[0]!.adds;
  return ways.map(({ way, run, adds }) => {
    const asked = way.asked === 'all' ? 1 : slotsOf(run) / size.maxLength;
    const cost = adds / first;
    return { name: way.name, asked, cost, density: asked / cost };
  });
}
