import type { StepOf } from '../tape.ts';
import { ordinaryIds, robertaIds } from '../words.ts';
import type { MlmStep, Recording } from './steps.ts';
import type { Unit } from './units.ts';

type Outcome = StepOf<MlmStep, 'outcome'>;

/**
 * What a chosen token is shown as: [MASK], itself or another token. Two draws, the second only if the first says
 * "not [MASK]", and "itself" is tested before "another", as in the published code. Devlin et al. 2019, §3.1.
 */
export function show(recording: Recording, position: number): void {
  const { options, rng } = recording;
  const { maskShare, randomShare } = options;
  const keepShare = Math.max(0, 1 - maskShare - randomShare);
  const step = outcomeAt(recording, position, () => {
    if (rng.next() < maskShare) return 'mask';
    return rng.next() < keepShare / (keepShare + randomShare) ? 'keep' : 'random';
  });
  if (step.outcome === 'random') replace(recording, position);
}

/**
 * RoBERTa's order of draws: for every word whether it stays visible at all, then for every visible one whether it is
 * kept, then the replacements; one outcome a word, a replacement a piece. Liu et al. 2019 and fairseq.
 */
export function showWords(recording: Recording, words: readonly Unit[]): void {
  const { rng, options } = recording;
  const visibleShare = 1 - options.maskShare;
  const keepShare = Math.max(0, visibleShare - options.randomShare);
  const isVisible = words.map(() => rng.next() < visibleShare);
  const outcomes = isVisible.map((visible) => {
    if (!visible) return 'mask' as const;
    return rng.next() < keepShare / visibleShare ? ('keep' as const) : ('random' as const);
  });
  words.forEach((word, k) => {
    for (const position of word) {
      const step = outcomeAt(recording, position, () => outcomes[k]!);
      if (step.outcome === 'random') replace(recording, position);
    }
  });
}

function outcomeAt(recording: Recording, position: number, draw: () => Outcome['outcome']): Outcome {
  const { input, options, vocabulary, tape } = recording;
  const { maskShare, randomShare } = options;
  const original = input.ids[position]!;
  return tape.take('outcome', position, () => {
    const outcome = draw();
    const chance = { mask: maskShare, random: randomShare, keep: 1 - maskShare - randomShare }[outcome];
    const id = outcome === 'mask' ? vocabulary.maskId : original;
    return { kind: 'outcome', about: position, outcome, id, chance };
  });
}

/**
 * Another token, all equally probable: in clean mode an ordinary one that is not the original; in reference mode any
 * of the vocabulary (BERT), or any ordinary one and [MASK] (RoBERTa), the original included.
 */
function replace({ input, options, vocabulary, rng, tape }: Recording, position: number): void {
  const original = input.ids[position]!;
  tape.take(
    'token',
    position,
    () => {
      if (options.mode === 'reference' && options.count !== 'rounded') {
        return { kind: 'token', about: position, id: rng.int(vocabulary.size), chance: 1 / vocabulary.size };
      }
      if (options.mode === 'reference') {
        const ids = robertaIds(vocabulary);
        return { kind: 'token', about: position, id: ids[rng.int(ids.length)]!, chance: 1 / ids.length };
      }
      const others = ordinaryIds(vocabulary).filter((id) => id !== original);
      return {
        kind: 'token',
        about: position,
        id: others[rng.int(others.length)] ?? original,
        chance: 1 / others.length,
      };
    },
    (step) => options.mode === 'reference' || step.id !== original,
  );
}
