import type { Rng } from '../core/rng.ts';
import type { Chip } from '../figures/chips.ts';
import { type Made, makeExample } from '../objectives/make.ts';
import { IGNORE, type Recipe } from '../objectives/objective.ts';
import type { Document, Vocabulary } from '../text/document.ts';

/** One way to make a question of a text. */
export interface Way {
  readonly id: 'mlm' | 'nsp' | 'sop' | 'plm' | 'rtd' | 'denoise' | 'causal';
  readonly name: string;
  /** What has to be said, in a few words. */
  readonly asks: string;
  readonly recipe: Pick<Recipe, 'pairing' | 'noising' | 'pairingOptions' | 'noisingOptions'>;
}

const window = { pairing: 'contiguous', pairingOptions: { sentences: 2 } };
const pairs = {
  pairingOptions: { sentencesPerSegment: 1 },
  noising: 'mlm',
  noisingOptions: { count: 'content', contentRate: 0, functionRate: 0 },
};

export const ways: readonly Way[] = [
  {
    id: 'mlm',
    name: 'Holes',
    asks: 'each hidden word',
    recipe: { ...window, noising: 'mlm', noisingOptions: { rate: 0.15 } },
  },
  { id: 'nsp', name: 'Next sentence', asks: 'does B follow?', recipe: { pairing: 'nsp', ...pairs } },
  { id: 'sop', name: 'Sentence order', asks: 'which came first?', recipe: { pairing: 'sop', ...pairs } },
  {
    id: 'plm',
    name: 'An order',
    asks: 'the last words of a random order, one after the other',
    recipe: { ...window, noising: 'plm', noisingOptions: {} },
  },
  {
    id: 'rtd',
    name: 'Fakes',
    asks: 'of each word: real or replaced?',
    recipe: { ...window, noising: 'rtd', noisingOptions: {} },
  },
  {
    id: 'denoise',
    name: 'Noise',
    asks: 'the whole text, written anew',
    recipe: { ...window, noising: 'denoise', noisingOptions: { permuteShare: 0, infillRate: 0.3 } },
  },
];

/** What a model reads of an example, with a dot below what bears loss where that stands in what is read. */
function chipsOf(way: Way, { sequence, example }: Made, { tokens, maskId, isSpecial }: Vocabulary): readonly Chip[] {
  const spell = (id: number | undefined) => tokens[id ?? -1] ?? '?';
  const isPair = way.id === 'nsp' || way.id === 'sop';
  return example.inputIds.map((id, i): Chip => {
    const special = isSpecial(id) && id !== maskId;
    const changed = way.id === 'rtd' && id !== sequence.ids[i];
    return {
      token: spell(id),
      special,
      mark: id === maskId ? 'hidden' : changed ? 'substituted' : undefined,
      ...(changed && { original: spell(sequence.ids[i]) }),
      segment: isPair ? (example.segments[i] as 0 | 1) : undefined,
      scored: isScored(way, example, i, special),
    };
  });
}

function isScored({ id }: Way, { labels, decoderInputIds }: Made['example'], i: number, special: boolean): boolean {
  if (id === 'nsp' || id === 'sop') return i === 0;
  if (id === 'rtd') return !special;
  return !decoderInputIds && labels[i] !== IGNORE;
}

export interface Broken {
  readonly way: Way;
  readonly chips: readonly Chip[];
  /** How many answers one row asks for, and what it says of them. */
  readonly answers: number;
}

/** One row of a way, from its own stream. */
export function brokenBy(way: Way, documents: readonly Document[], vocabulary: Vocabulary, rng: Rng): Broken {
  const recipe = {
    ...way.recipe,
    frame: 'bert' as const,
    pairingOptions: { maxLength: 40, ...way.recipe.pairingOptions },
  };
  const made = makeExample(documents, recipe as Recipe, vocabulary, rng);
  const chips = chipsOf(way, made, vocabulary);
  const written = made.example.decoderInputIds ? made.example.labels.filter((label) => label !== IGNORE).length : 0;
  return { way, chips, answers: written || chips.filter(({ scored }) => scored).length };
}
