import { AppError } from '../../../src/core/errors.ts';
import { roomFor } from '../../../src/objectives/frame.ts';
import type { Pairing, PairingOptions, Passage } from '../../../src/objectives/objective.ts';
import { createTape, type Recorder, type Taped, taped } from '../../../src/objectives/tape.ts';
import type { Document } from '../../../src/text/document.ts';
import { facts } from './facts.ts';

type Step =
  | { readonly kind: 'document'; readonly about: 0; readonly document: number; readonly chance: number }
  | {
      readonly kind: 'first';
      readonly about: 0;
      readonly first: number;
      readonly most: number;
      readonly chance: number;
    }
  | { readonly kind: 'coin'; readonly about: 0; readonly isSwapped: boolean; readonly chance: 0.5 };

const record: Recorder<readonly Document[], PairingOptions, Step> = (documents, options, _, rng, held) => {
  const pairs = documents.map(({ sentences }) => sentences.length - 1);
  const open = pairs.flatMap((count, k) => (count > 0 ? [k] : []));
  if (open.length === 0) throw new AppError('bad-text', 'No document has two sentences; add some.', 'text');
  const tape = createTape(held);
  const { document } = tape.take(
    'document',
    0,
    () => ({ kind: 'document', about: 0, document: open[rng.int(open.length)]!, chance: 1 / open.length }),
    (step) => open.includes(step.document),
  );
  const count = pairs[document]!;
  const most = Math.floor(roomFor(2, options) / 2);
  tape.take(
    'first',
    0,
    () => ({ kind: 'first', about: 0, first: rng.int(count), most, chance: 1 / count }),
    (step) => step.first < count && step.most === most,
  );
  tape.take('coin', 0, () => ({ kind: 'coin', about: 0, isSwapped: rng.next() < 0.5, chance: 0.5 }));
  return { steps: tape.steps };
};

function apply(documents: readonly Document[], { steps: [place, run, coin] }: Taped<Step>): Passage {
  if (place?.kind !== 'document' || run?.kind !== 'first') return { a: [] };
  const { sentences } = documents[place.document]!;
  const sides = [run.first, run.first + 1].map((first) => ({
    ids: sentences[first]!.slice(0, run.most),
    origin: { document: place.document, first, last: first, skip: 0 },
  }));
  if (coin?.kind !== 'coin') return { a: sides[0]!.ids, origin: [sides[0]!.origin] };
  const [a, b] = coin.isSwapped ? sides.toReversed() : sides;
  return { a: a!.ids, b: b!.ids, pairLabel: coin.isSwapped ? 1 : 0, origin: [a!.origin, b!.origin] };
}

/** A small pairing: two neighbours of one document, in their order or not. Only the test next door adds it. */
export const objective: Pairing<PairingOptions, Taped<Step>> = {
  ...facts,
  ...taped(record),
  apply,
  explain: (documents, draws) =>
    (apply(documents, draws).origin ?? []).map(({ first }, position) => ({
      position: position as 0 | 1,
      kind: 'kept',
      text: `sentence ${first + 1}`,
    })),
  decisions: (_, { steps }) =>
    steps.map((step) => {
      const { chance } = step;
      if (step.kind === 'document') return { question: 'Which document?', answer: `${step.document + 1}`, chance };
      if (step.kind === 'first') return { question: 'Which sentence?', answer: `${step.first + 1}`, chance };
      return { question: 'Does B answer A?', answer: step.isSwapped ? 'no' : 'yes', position: 1, chance };
    }),
};
