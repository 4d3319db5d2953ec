import { AppError } from '../../core/errors.ts';
import type { Start } from '../forwards.ts';
import type { MobilebertConfig } from './config.ts';

/** What a student begins with of its teacher: tables, what leads from them to the states, and the heads. */
const isTaken = (name: string): boolean => /^model\.(mobilebert\.(embeddings|pooler)|cls)\./.test(name);

/**
 * A student's starting numbers: embeddings and heads of a trained teacher as wide as it is, its layers from chance. Sun
 * et al. 2020, §3.3, and the published code.
 */
export const startFrom: Start<MobilebertConfig> = (student, teacher) =>
  new Map(
    [...student.state].map(([name, drawn]) => {
      if (!isTaken(name)) return [name, drawn];
      const found = teacher.state.get(name);
      if (found?.length !== drawn.length)
        throw new AppError(
          'bad-option',
          `The teacher does not fit: expected ${drawn.length} numbers for ${name}, found ${found?.length ?? 'none'}. Choose a trained MobileBERT of the same width, word width, vocabulary and length.`,
          'teacher',
        );
      return [name, found.slice()];
    }),
  );
