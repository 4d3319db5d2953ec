import type { Probe } from '../figures/probes.ts';
import { pack } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import type { Tokenizer, Vocabulary } from '../text/document.ts';
import type { Snapshot } from '../training/protocol.ts';

/** A sentence with some of its tokens hidden, as an example of its own: `hidden` counts positions of the packed sequence. */
export function hide(ids: readonly number[], hidden: readonly number[], vocabulary: Vocabulary): Example {
  const sequence = pack({ a: ids }, vocabulary);
  const isHidden = (position: number) =>
    hidden.includes(position) && !vocabulary.isSpecial(sequence.ids[position] ?? 0);
  return {
    inputIds: sequence.ids.map((id, position) => (isHidden(position) ? vocabulary.maskId : id)),
    segments: sequence.segments,
    labels: sequence.ids.map((id, position) => (isHidden(position) ? id : IGNORE)),
  };
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

/** What the model says at every scored place, its `top` best guesses first: logits [1, seq, vocab] of the very example. */
export function predictions(example: Example, logits: Snapshot, vocabulary: Vocabulary, top = 5): readonly Probe[] {
  const width = logits.shape.at(-1) ?? 1;
  return example.labels.flatMap((label, position) => {
    if (label === IGNORE) return [];
    const shares = softmax(logits.data.subarray(position * width, (position + 1) * width));
    const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!);
    const truthShare = shares[label] ?? 0;
    return [
      {
        position,
        truth: vocabulary.tokens[label] ?? '',
        guesses: order.slice(0, top).map((id) => ({ token: vocabulary.tokens[id] ?? String(id), share: shares[id]! })),
        truthShare,
        truthRank: shares.filter((share) => share >= truthShare).length,
      },
    ];
  });
}
