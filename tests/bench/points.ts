import { blueprints } from '../../src/models/catalog.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';

/** The settings that a sweep turns, one at a time, and the values of each. */
export const dials = {
  hidden: [32, 64, 128, 256],
  layers: [1, 2, 4, 8],
  maxLength: [16, 32, 64, 128, 256, 512, 1024],
  batchSize: [1, 4, 16, 64],
  vocabSize: [256, 512, 1024, 2048, 4096, 8192],
} as const;
export type Dial = keyof typeof dials;

/** Sizes of bench-small, around which a sweep goes. */
export const middle: Readonly<Record<Dial, number>> = {
  hidden: 64,
  layers: 2,
  maxLength: 32,
  batchSize: 16,
  vocabSize: 512,
};

/** What is measured: sizes, and an architecture with the objective of its paper. */
export interface Point extends Readonly<Record<Dial, number>> {
  readonly architecture: string;
}

/** Every value of each dial with BERT, the middle once; then every other architecture in the middle. */
export function points(): readonly Point[] {
  const bert = { ...middle, architecture: 'bert' };
  const turned = (Object.keys(dials) as Dial[]).flatMap((dial) =>
    dials[dial].filter((value) => value !== middle[dial]).map((value) => ({ ...bert, [dial]: value })),
  );
  const others = Object.keys(blueprints).filter((id) => id !== 'bert');
  return [bert, ...turned, ...others.map((architecture) => ({ ...middle, architecture }))];
}

/** The run of a point, no dropout, rows without pairs: of every vocabulary, also one that the site does not offer. */
export const runAt = ({ architecture, ...sizes }: Point, more: Settings = {}): Run =>
  runFrom({
    ...sizes,
    architecture,
    heads: 2,
    noising: blueprints[architecture]!.recipe.noising,
    noisingOptions: {},
    pairingOptions: {},
    architectureOptions: {},
    positions: 'normal',
    ...more,
  });
