import { pack } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import type { Tokenizer, Vocabulary } from '../text/document.ts';
import type { Snapshot } from '../training/protocol.ts';

/** One candidate for a hidden place. */
export interface Candidate {
  readonly token: string;
  readonly probability: number;
  readonly isTruth: boolean;
}

/** What a model says of one hidden place. */
export interface Prediction {
  readonly position: number;
  readonly truth: string;
  readonly candidates: readonly Candidate[];
  /** Probability of the true token, in the list or not. */
  readonly truthProbability: number;
}

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

/** The best `top` candidates at every scored place: logits [1, seq, vocab] of the very example. */
export function predictions(
  example: Example,
  logits: Snapshot,
  vocabulary: Vocabulary,
  top = 5,
): readonly Prediction[] {
  const width = logits.shape.at(-1) ?? 1;
  return example.labels.flatMap((label, position) => {
    if (label === IGNORE) return [];
    const probabilities = softmax(logits.data.subarray(position * width, (position + 1) * width));
    const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]!);
    const candidates = order.slice(0, top).map((id) => ({
      token: vocabulary.tokens[id] ?? String(id),
      probability: probabilities[id]!,
      isTruth: id === label,
    }));
    return [
      { position, truth: vocabulary.tokens[label] ?? '', candidates, truthProbability: probabilities[label] ?? 0 },
    ];
  });
}

/** One head's map out of a snapshot [1, head, seq, seq], cut to the first `length` positions. */
export function attentionOf(snapshot: Snapshot, head: number, length: number): readonly (readonly number[])[] {
  const seq = snapshot.shape[3] ?? 0;
  const start = head * seq * seq;
  return Array.from({ length }, (_, i) =>
    Array.from(snapshot.data.subarray(start + i * seq, start + i * seq + length)),
  );
}
