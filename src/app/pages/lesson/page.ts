import { writeAddress } from '../../address.ts';
import type { PageEntry } from '../../page.ts';
import { decodeSample, encodeSample, type SampleChange } from '../../sample-address.ts';

export interface LessonState {
  readonly slug: string;
  /** A step's id, empty for the first. */
  readonly step: string;
  /** Whether the stage is shown alone, in large type. */
  readonly presenting: boolean;
  readonly sample: SampleChange;
}

/** The address of a step as the course wrote it. */
export const stepAddress = (slug: string, step = ''): string => writeAddress(['lesson', slug, step]);

export const page: PageEntry<LessonState> = {
  decode([slug, step = '', ...more], query, problems) {
    if (slug === undefined || more.length > 0) return undefined;
    return { slug, step, presenting: query.get('present') === '1', sample: decodeSample(query, problems, ['present']) };
  },
  encode({ slug, step, presenting, sample }) {
    const query = new URLSearchParams(presenting ? 'present=1' : '');
    encodeSample(sample, query);
    return writeAddress(['lesson', slug, step], query);
  },
  isAlone: ({ presenting }) => presenting,
};
