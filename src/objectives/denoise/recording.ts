import type { Rng } from '../../core/rng.ts';
import type { Vocabulary } from '../../text/document.ts';
import type { Tape } from '../tape.ts';
import { ordinaryIds } from '../words.ts';
import type { DenoiseOptions } from './options.ts';
import type { DenoiseStep } from './steps.ts';

/** What all stages of one recording work on. */
export interface Recording {
  readonly options: DenoiseOptions;
  readonly vocabulary: Vocabulary;
  readonly rng: Rng;
  readonly tape: Tape<DenoiseStep>;
}

/** [MASK], or at times an ordinary token. */
export function replacement({ options, vocabulary, rng }: Recording): number {
  if (rng.next() >= options.randomShare) return vocabulary.maskId;
  const ids = ordinaryIds(vocabulary);
  return ids[rng.int(ids.length)]!;
}
