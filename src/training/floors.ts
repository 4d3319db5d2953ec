import { bestLosses } from '../objectives/best.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import { bigram, unigram } from '../text/statistics.ts';
import { heldOutExamples, judged } from './batches.ts';
import { type Data, recipeOf } from './data.ts';
import type { Floors } from './protocol.ts';
import type { Run } from './run.ts';

/** The token before the one that place `i` is asked for, as far as the model sees it. */
const leftOf = ({ inputIds, decoderInputIds, shift = 0 }: Example, i: number): number | undefined =>
  decoderInputIds ? decoderInputIds[i] : inputIds[i - 1 + shift];

/** Reference lines for the questions a run is judged by, each in nats a scored place. */
export function floorsOf(data: Data, run: Run): Floors {
  const made = heldOutExamples(data, run, judged);
  const alone = unigram(data.train, data.vocabulary);
  const afterLeft = bigram(data.train, data.vocabulary);
  const sums = { unigram: 0, bigram: 0, asked: 0 };
  for (const { example } of made) {
    example.labels.forEach((label, i) => {
      if (label === IGNORE) return;
      sums.asked += 1;
      // The frame is asked for too where text is written, but everybody knows where it stands: it costs nothing.
      if (data.vocabulary.isSpecial(label)) return;
      sums.unigram -= Math.log(alone(label));
      sums.bigram -= Math.log(afterLeft(label, leftOf(example, i) ?? data.vocabulary.classifyId));
    });
  }
  const asked = Math.max(1, sums.asked);
  const { exact, vocabulary, classes } = data;
  return {
    uniform: Math.log(vocabulary.size),
    unigram: sums.unigram / asked,
    bigram: sums.bigram / asked,
    best: exact ? bestLosses(recipeOf(run, run.recipe.judgedOptions), made, exact, vocabulary, classes) : {},
  };
}
