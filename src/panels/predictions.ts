import type { Chip } from '../figures/chips.ts';
import type { Probe } from '../figures/probes.ts';
import type { AnyNoising } from '../objectives/catalog.ts';
import type { Frame } from '../objectives/frame.ts';
import { pack } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import type { Tokenizer, Vocabulary } from '../text/document.ts';
import type { Snapshot } from '../training/protocol.ts';

/** A sentence of which some tokens are asked for: `hidden` counts positions of the packed sequence. */
export function hide(
  ids: readonly number[],
  hidden: readonly number[],
  vocabulary: Vocabulary,
  noising?: Pick<AnyNoising, 'ask'>,
  frame?: Frame,
): Example {
  const sequence = pack({ a: ids }, vocabulary, frame);
  const asked = hidden.filter(
    (position) => position < sequence.ids.length && !vocabulary.isSpecial(sequence.ids[position]!),
  );
  if (noising?.ask) return noising.ask(sequence, asked, vocabulary);
  const isAsked = (position: number) => asked.includes(position);
  return {
    inputIds: sequence.ids.map((id, position) => (isAsked(position) ? vocabulary.maskId : id)),
    segments: sequence.segments,
    labels: sequence.ids.map((id, position) => (isAsked(position) ? id : IGNORE)),
  };
}

/**
 * The packed tokens of a sentence as the model gets them, a dot where one is asked for; a place that an order keeps out
 * of sight is a hole too.
 */
export function probeChips(
  tokens: readonly string[],
  example: Pick<Example, 'inputIds' | 'permMask'> | undefined,
  hidden: readonly number[],
  vocabulary: Vocabulary,
): readonly Chip[] {
  const { maskId } = vocabulary;
  return tokens.map((token, position): Chip => {
    const id = vocabulary.idOf(token) ?? vocabulary.unknownId;
    const special = vocabulary.isSpecial(id);
    if (special || !example || !hidden.includes(position)) return { token, special };
    const shown = example.permMask ? maskId : (example.inputIds[position] ?? id);
    if (shown === id) return { token, special, scored: true };
    const mark = shown === maskId ? 'hidden' : 'replaced';
    return { token: vocabulary.tokens[shown] ?? '?', special, mark, original: token, scored: true };
  });
}

/** Every sentence of a text as ids, one run, at most `room` of them. */
export const encodeProbe = (text: string, tokenizer: Tokenizer, room: number): readonly number[] =>
  tokenizer.encode(text).slice(0, room);

/** Softmax of one row of logits, stable. */
export function softmax(row: ArrayLike<number>): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < row.length; i++) highest = Math.max(highest, row[i]!);
  const values = Float64Array.from(row, (x) => Math.exp(x - highest));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/**
 * What the model says at every scored place, its `top` best guesses first. Logits of the very example: a row a place
 * [1, seq, vocab], or, where an order was given, a row a target in the order of their places.
 */
export function predictions(example: Example, logits: Snapshot, vocabulary: Vocabulary, top = 5): readonly Probe[] {
  const width = logits.shape.at(-1) ?? 1;
  const asked = example.labels.flatMap((label, place) => (label === IGNORE ? [] : [{ label, place }]));
  return asked.map(({ label, place }, k) => {
    const row = example.permMask ? k : place;
    const shares = softmax(logits.data.subarray(row * width, (row + 1) * width));
    const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!);
    const truthShare = shares[label] ?? 0;
    return {
      position: place + (example.shift ?? 0),
      truth: vocabulary.tokens[label] ?? '',
      guesses: order.slice(0, top).map((id) => ({ token: vocabulary.tokens[id] ?? String(id), share: shares[id]! })),
      truthShare,
      truthRank: shares.filter((share) => share >= truthShare).length,
    };
  });
}
