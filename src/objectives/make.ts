import { AppError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import type { ClassReader } from '../text/classes.ts';
import type { Document, Vocabulary } from '../text/document.ts';
import { noisings, pairings } from './catalog.ts';
import type { AnyOptions } from './facts.ts';
import type { Frame } from './frame.ts';
import type { Example, Note, PairingOptions, Passage, Recipe, Sequence, Turn } from './objective.ts';
import { completeOptions, requireSpecials } from './options.ts';

/** The whole of an example's history, from what was drawn to what the model sees. */
export interface Made {
  /** The pairing's draws. */
  readonly pair: unknown;
  readonly passage: Passage;
  readonly sequence: Sequence;
  /** The noising's draws. */
  readonly noise: unknown;
  readonly example: Example;
  /** The noising's draws in words. */
  readonly notes: readonly Note[];
}

/**
 * [CLS] a [SEP], or [CLS] a [SEP] b [SEP] with segment 1 from b on (Devlin et al. 2019, §3); without a frame just the
 * tokens, all of one segment. `room`: tokens that a row has room for. Throws `AppError('bad-option')` if the frame
 * needs a token that the vocabulary lacks.
 */
export function pack(
  { a, b, pairLabel, next, breaks = [] }: Passage,
  vocabulary: Vocabulary,
  frame: Frame = 'bert',
  room?: number,
): Sequence {
  if (frame === 'none') {
    const ids = b ? [...a, ...b] : a;
    return { ids, segments: ids.map(() => 0), pairLabel, next, room };
  }
  requireSpecials(vocabulary, ['classifyId', 'separateId']);
  const { classifyId, separateId } = vocabulary;
  const parts = breaks.map((end, k) => [...a.slice(breaks[k - 1] ?? 0, end), separateId]);
  const left = [classifyId, ...parts.flat(), ...a.slice(breaks.at(-1) ?? 0), separateId];
  const right = b ? [...b, separateId] : [];
  return {
    ids: [...left, ...right],
    segments: [...left.map(() => 0), ...right.map(() => 1)],
    pairLabel,
    room,
  };
}

/**
 * The classes of the tokens of a sequence and, where the text goes on, of the one behind them; what its row has read
 * before is part of the text. Undefined when it is no text of the reader's.
 */
export function classesIn({ passage, sequence }: Pick<Made, 'passage' | 'sequence'>, read: ClassReader) {
  const { before = [] } = passage;
  const { ids, next } = sequence;
  return read([...before, ...ids, ...(next === undefined ? [] : [next])])?.slice(before.length);
}

/** The pairing and the noising of a recipe with all their options, checked. */
export function recipeParts(recipe: Recipe) {
  const pairing = pairings[recipe.pairing];
  const noising = noisings[recipe.noising];
  const unknown = (name: string, known: object, field: string) =>
    new AppError('bad-option', `There is no ${field} "${name}"; there are ${Object.keys(known).join(', ')}.`, field);
  if (!pairing) throw unknown(recipe.pairing, pairings, 'pairing');
  if (!noising) throw unknown(recipe.noising, noisings, 'noising');
  const pairingOptions: AnyOptions & PairingOptions = {
    ...completeOptions(pairing, recipe.pairingOptions),
    frame: recipe.frame,
  };
  return {
    pairing,
    noising,
    pairingOptions,
    noisingOptions: completeOptions(noising, recipe.noisingOptions),
  };
}

/**
 * One example from all documents. Pairing and noising draw from streams of their own, so that another noising
 * meets the same text. A pairing that follows on reads what is due `at` a row's turn; others take no notice of it.
 */
export function makeExample(
  documents: readonly Document[],
  recipe: Recipe,
  vocabulary: Vocabulary,
  rng: Rng,
  at?: Turn,
): Made {
  const { pairing, noising, pairingOptions, noisingOptions } = recipeParts(recipe);
  const pair =
    (at && pairing.follow?.(documents, pairingOptions, at)) ??
    pairing.draw(documents, pairingOptions, vocabulary, rng.fork('pair'));
  const passage = pairing.apply(documents, pair);
  const sequence = pack(passage, vocabulary, recipe.frame, pairingOptions.maxLength);
  const noise = noising.draw(sequence, noisingOptions, vocabulary, rng.fork('noise'));
  const example = { ...noising.apply(sequence, noise), pairLabel: passage.pairLabel };
  return { pair, passage, sequence, noise, example, notes: noising.explain(sequence, noise) };
}
