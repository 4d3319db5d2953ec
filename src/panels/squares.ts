import type { Pattern } from '../core/pattern.ts';
import { createRng } from '../core/rng.ts';
import type { AnyBlueprint, PatternInput } from '../models/architecture.ts';
import { blueprints } from '../models/catalog.ts';
import { loadPicture, patternsOf } from '../models/pictures.ts';
import { givenOrder, objective as plm } from '../objectives/plm/index.ts';

/** Who may look at whom, as a small square. */
export interface Square {
  readonly name: string;
  readonly who: string;
  readonly says: string;
  readonly pattern: Pattern;
  /** What is looked at, where that is not the text itself. */
  readonly keys?: number;
}

interface Plan {
  readonly id: string;
  readonly name: string;
  readonly who: string;
  readonly says: string;
  readonly options?: object;
  readonly length?: number;
  /** Which of its patterns. */
  readonly which?: string;
  readonly memory?: number;
}

const length = 12;
const plans: readonly Plan[] = [
  {
    id: 'bert',
    name: 'full',
    who: 'BERT, RoBERTa, ALBERT, ELECTRA, MobileBERT, ConvBERT, DeBERTa, DistilBERT',
    says: 'Each sees all. Good for reading; nothing can be written with it.',
  },
  {
    id: 'bert',
    name: 'triangle',
    who: 'GPT, BART’s decoder',
    says: 'Each sees what came before. With it, any of them could write.',
    options: { causal: true },
  },
  {
    id: 'transfo-xl',
    name: 'triangle with memory',
    who: 'Transformer-XL',
    says: 'And what the steps before left behind.',
    memory: 8,
  },
  {
    id: 'xlnet',
    name: 'an order',
    who: 'XLNet, the stream that predicts',
    says: 'Each sees those before it in a random order, and not itself.',
    which: 'query',
  },
  {
    id: 'bart',
    name: 'bridge',
    who: 'BART, from decoder to encoder',
    says: 'Who writes sees all that was read.',
    which: 'cross',
  },
  {
    id: 'bigbird',
    name: 'blocks',
    who: 'BigBird',
    says: 'Neighbours, the first and the last, and a few by lot.',
    options: { blockSize: 2, randomBlocks: 1, parts: 'paper' },
    length: 32,
  },
];

/** A text without words, as each of them is trained on it. */
function exampleFor({ id }: AnyBlueprint, n: number): PatternInput {
  const inputIds = Array.from({ length: n }, (_, i) => i + 5);
  if (id === 'bart') return { inputIds: inputIds.slice(0, n - 3), decoderInputIds: inputIds };
  if (id !== 'xlnet') return { inputIds };
  const sequence = { ids: inputIds, segments: inputIds.map(() => 0) };
  return plm.apply(sequence, givenOrder(createRng('an order').permutation(n), n, n));
}

/** The squares of six ways to look, made by the very functions that make the models' masks. */
export async function squares(): Promise<readonly Square[]> {
  await Promise.all(plans.map(({ id }) => loadPicture(id)));
  return plans.flatMap(
    ({ id, name, who, says, options = {}, length: n = length, which, memory = 0 }): readonly Square[] => {
      const blueprint = blueprints[id]!;
      const config = { ...blueprint.toy, ...options };
      const found = patternsOf(blueprint, config, exampleFor(blueprint, n));
      const one = found.find((pattern) => pattern.name === which) ?? found[0];
      if (!one) return [];
      const remembered = Array.from({ length: memory }, () => true);
      const pattern = one.pattern.map((row) => [...remembered, ...row]);
      return [{ name, who, says, pattern, ...(pattern[0]?.length !== pattern.length && { keys: pattern[0]!.length }) }];
    },
  );
}
