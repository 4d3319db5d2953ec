import { AppError } from '../core/errors.ts';
import { tokenizerOf } from '../text/tokenizers/catalog.ts';
import { stepsOf } from './phases.ts';
import { type Run, runFields } from './run.ts';
import { refuse } from './settings.ts';

/** Throws `bad-option` where a tokenizer has too little room; without it that would be said only when it learns. */
export function checkVocabulary({ text: { tokenizer, vocabSize } }: Run): void {
  const { least, name } = tokenizerOf(tokenizer);
  if (vocabSize >= least) return;
  throw new AppError(
    'bad-option',
    `${name} need a vocabulary of at least ${least} tokens; it is ${vocabSize}. Choose a larger one.`,
    'vocabSize',
  );
}

/** Throws `bad-option` with the field and its range for the first setting that cannot be meant. */
export function checkRun(run: Run): void {
  for (const field of runFields) {
    const value = field.get(run);
    const { kind } = field;
    if (kind.type === 'number') {
      const { min, max, whole } = kind;
      const fits = typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
      if (!fits) refuse(field, value);
    } else if (kind.type === 'options' && (typeof value !== 'object' || value === null)) refuse(field, value);
    else if (kind.type === 'choice' && typeof value !== 'string') refuse(field, value);
  }
  const { hidden, heads } = run.model.size;
  if (hidden % heads !== 0)
    throw new AppError(
      'bad-option',
      `The width ${hidden} cannot be shared evenly by ${heads} heads. Choose a width that is a multiple of the heads.`,
      'hidden',
    );
  checkVocabulary(run);
  if ((run.phases.at(-1)?.steps ?? 0) < 1)
    throw new AppError(
      'bad-option',
      `The first phase takes all ${stepsOf(run)} steps of the run or more. Give it fewer, or the run more.`,
      'warmUpSteps',
    );
}
