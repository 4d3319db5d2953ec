/** How probable pieces are, as logarithms, by their ids. */
export interface Scored {
  readonly ids: ReadonlyMap<string, number>;
  readonly scores: readonly number[];
  /** No piece has more characters. */
  readonly longest: number;
}

/** What a character without a piece costs more than the rarest piece: SentencePiece's and Hugging Face's penalty. */
const unknownPenalty = 10;

/** What a character costs that has no piece. */
export const unknownScore = (scores: readonly number[]): number =>
  scores.reduce((least, score) => Math.min(least, score), 0) - unknownPenalty;

/**
 * The most probable way to cut a word into pieces: Viterbi 1967, as Kudo 2018, §3.2, has it. A character that has no
 * piece is −1, several in a row are one −1. Of equally probable ways the one whose last piece is longest. `without`: a
 * piece that may not be used.
 */
export function bestPath(
  word: string,
  { ids, scores, longest }: Scored,
  unknown: number,
  without?: number,
): readonly number[] {
  const characters = [...word];
  const count = characters.length;
  const best = new Float64Array(count + 1).fill(Number.NEGATIVE_INFINITY);
  const from = new Int32Array(count + 1);
  const piece = new Int32Array(count + 1);
  best[0] = 0;
  const offer = (start: number, end: number, id: number, score: number) => {
    if (!(best[start]! + score > best[end]!)) return;
    best[end] = best[start]! + score;
    from[end] = start;
    piece[end] = id;
  };
  for (let start = 0; start < count; start++) {
    let spelled = '';
    let isKnown = false;
    for (let end = start + 1; end <= Math.min(count, start + longest); end++) {
      spelled += characters[end - 1];
      const id = ids.get(spelled);
      if (id === undefined || id === without) continue;
      if (end === start + 1) isKnown = true;
      offer(start, end, id, scores[id]!);
    }
    if (!isKnown) offer(start, start + 1, -1, unknown);
  }
  const path: number[] = [];
  for (let end = count; end > 0; end = from[end]!) if (piece[end] !== -1 || path.at(-1) !== -1) path.push(piece[end]!);
  return path.reverse();
}
