import type { Document } from '../../text/document.ts';
import type { Decision, Note, Origin, Passage } from '../objective.ts';
import type { StepOf, Taped } from '../tape.ts';

/** What the coin of a pair says: b goes on from a, b is from elsewhere, or the two parts change places. */
export type Coin = 'next' | 'random' | 'swapped';

/** How a pair of segments came about, decision by decision. Sentence numbers are inclusive. */
export type PairStep =
  /** The document of the chunk (about 0), or the one b is taken from (about 1). */
  | { readonly kind: 'document'; readonly about: number; readonly document: number; readonly chance?: number }
  /** How many tokens are aimed at, when lengths vary. */
  | { readonly kind: 'target'; readonly about: 0; readonly target: number; readonly chance?: number }
  /** Which sentences: the chunk (about 0), or b from elsewhere (about 1). */
  | {
      readonly kind: 'run';
      readonly about: number;
      readonly first: number;
      readonly last: number;
      readonly chance?: number;
    }
  /** How many sentences of the chunk go to its first part. */
  | { readonly kind: 'cut'; readonly about: 0; readonly sentences: number; readonly chance: number }
  /** Whether b follows. */
  | { readonly kind: 'coin'; readonly about: 0; readonly coin: Coin; readonly chance: number }
  /** The `about`-th token cut: from which run (0 = a, 1 = b) and which end. */
  | {
      readonly kind: 'trim';
      readonly about: number;
      readonly run: 0 | 1;
      readonly end: 'front' | 'back';
      readonly chance: number;
    };

export type PairDraws = Taped<PairStep>;

interface Run {
  readonly document: number;
  readonly first: number;
  readonly last: number;
}

/** The two runs as sentences, before any token is cut; b is absent as long as it is not decided. */
export function runsOf({ steps }: PairDraws): { readonly a?: Run; readonly b?: Run; readonly coin?: Coin } {
  const documents: number[] = [];
  const runs: StepOf<PairStep, 'run'>[] = [];
  let cut: number | undefined;
  let coin: Coin | undefined;
  for (const step of steps) {
    if (step.kind === 'document') documents[step.about] = step.document;
    if (step.kind === 'run') runs[step.about] = step;
    if (step.kind === 'cut') cut = step.sentences;
    if (step.kind === 'coin') coin = step.coin;
  }
  const [chunk, elsewhere] = runs;
  if (!chunk) return {};
  const document = documents[0]!;
  const split = cut === undefined ? chunk.last + 1 : chunk.first + cut;
  const head = { document, first: chunk.first, last: split - 1 };
  const tail = split <= chunk.last ? { document, first: split, last: chunk.last } : undefined;
  if (coin === 'swapped' && tail) return { a: tail, b: head, coin };
  const random = elsewhere && { document: documents[1]!, first: elsewhere.first, last: elsewhere.last };
  const b = coin === 'random' ? random : coin === 'next' ? tail : undefined;
  return { a: head, b, coin };
}

/** The tokens of a run of sentences. */
const tokensOf = (documents: readonly Document[], { document, first, last }: Run): number[] =>
  documents[document]!.sentences.slice(first, last + 1).flat();

/** How many tokens are cut: [run][front, back]. */
function trims({ steps }: PairDraws): readonly (readonly [number, number])[] {
  const cut: [number, number][] = [
    [0, 0],
    [0, 0],
  ];
  for (const step of steps) if (step.kind === 'trim') cut[step.run]![step.end === 'front' ? 0 : 1] += 1;
  return cut;
}

/** The two segments, cut to size, and the label: 0 where b follows a, 1 where it does not. */
export function applyPair(documents: readonly Document[], draws: PairDraws): Passage {
  const { a, b, coin } = runsOf(draws);
  if (!a) return { a: [] };
  const cut = trims(draws);
  const runs = b ? [a, b] : [a];
  const texts = runs.map((run, k) => {
    const tokens = tokensOf(documents, run);
    return tokens.slice(cut[k]![0], tokens.length - cut[k]![1]);
  });
  const origin: Origin[] = runs.map((run, k) => ({ ...run, skip: cut[k]![0] }));
  return {
    a: texts[0]!,
    b: texts[1],
    pairLabel: coin && (coin === 'next' ? 0 : 1),
    origin,
  };
}

export function explainPair(_: readonly Document[], draws: PairDraws): Note[] {
  const { a, b, coin } = runsOf(draws);
  const place = ({ document, first, last }: Run) =>
    `${first === last ? `sentence ${first + 1}` : `sentences ${first + 1} to ${last + 1}`} of document ${document + 1}`;
  const notes: Note[] = [];
  if (a) notes.push({ position: 0, kind: coin === 'swapped' ? 'moved' : 'kept', text: place(a) });
  if (b) {
    const kind = coin === 'random' ? 'replaced' : coin === 'swapped' ? 'moved' : 'kept';
    notes.push({ position: 1, kind, text: place(b) });
  }
  trims(draws).forEach(([front, back], position) => {
    if (front > 0) notes.push({ position, kind: 'removed', text: `${front} cut from the front` });
    if (back > 0) notes.push({ position, kind: 'removed', text: `${back} cut from the back` });
  });
  return notes;
}

export const decidePair = (documents: readonly Document[], { steps }: PairDraws): Decision[] =>
  steps.map((step) => decide(step, documents.length));

function decide(step: PairStep, documents: number): Decision {
  const { chance } = step;
  switch (step.kind) {
    case 'document': {
      const question = step.about === 0 ? 'Which document?' : 'Which document is B from?';
      return { question, answer: `${step.document + 1} of ${documents}`, position: step.about, chance };
    }
    case 'target':
      return { question: 'How many tokens to aim at?', answer: String(step.target), chance };
    case 'run': {
      const question = step.about === 0 ? 'Which sentences?' : 'Which sentences does B take?';
      return { question, answer: `${step.first + 1} to ${step.last + 1}`, position: step.about, chance };
    }
    case 'cut':
      return { question: 'How many of them go to the first part?', answer: String(step.sentences), chance };
    case 'coin': {
      const answer = { next: 'yes', random: 'no, it comes from elsewhere', swapped: 'no, they change places' };
      return { question: 'Does B follow A?', answer: answer[step.coin], position: 1, chance };
    }
    case 'trim': {
      const question = `Too long: which end of ${step.run === 0 ? 'A' : 'B'} loses a token?`;
      return { question, answer: step.end, position: step.run, chance };
    }
  }
}
