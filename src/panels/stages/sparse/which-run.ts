import type { Rng } from '../../../core/rng.ts';
import { choice, type Question, type QuizText, type Row } from '../../quiz.ts';
import { measured } from './measured.ts';

const bits = (value: number): string => `${value.toFixed(2)} bits`;

/** What a stored run paid for the words of the ending: which blocks did it read? */
export function whichRun(_: QuizText, rng: Rng): Question {
  const where = rng.int(2) === 0 ? 'near' : 'far';
  const runs = Object.entries<readonly number[]>(measured[where]);
  const [, paid] = runs[rng.int(runs.length)]!;
  const value = paid[rng.int(paid.length)]!;
  const knows = value < measured.least;
  // What those read that came out on the same side, if only from one seed: the bits do not tell which it was.
  const isAlike = (values: readonly number[]) => values.some((one) => one < measured.least === knows);
  const alike = runs.filter(([, values]) => isAlike(values)).map(([name]) => name);
  const others = runs.flatMap(([name]) => (alike.includes(name) ? [] : [name]));
  const right = alike.join('; or ');
  const row = (label: string, text: string): Row => ({ label, areFacts: true, chips: [{ token: text }] });
  const wrong = [
    ...others,
    ...(alike.length > 1 ? [`Certainly ${alike[0]}`] : []),
    'None of them: it read nothing but its own block',
    'That depends on the seed alone',
  ].slice(0, 3);
  const place = where === 'near' ? 'the first block' : 'the second block';
  const why = {
    near: knows
      ? 'The words stand in the first block, and whoever reads that has them one look away. Less than 5.17 bits can only be had by somebody who has seen the opening.'
      : 'More than 5.17 bits: it has not found the opening. Neighbours alone cannot come to it, and by a random block it would take two looks, one upon the other, which no run has found. So the bits do not tell the two apart.',
    far: knows
      ? 'Less than 5.17 bits can only be had by somebody who has seen the opening. With every block in sight it is one look away. By way of the first block it takes two, and one run of three has found them. Neighbours alone cannot come to it.'
      : 'More than 5.17 bits: it has not found the opening. With every block in sight all runs have. By way of the first block two looks would do, which two runs of three have not found; neighbours alone never could. So the bits do not tell the two apart.',
  }[where];
  return {
    prompt: `The opening tells a colour and an object in ${place}, and the ending, eight blocks or more behind it, asks for them. Who has not seen them pays 5.17 bits at best. A run of two layers paid this. Which blocks could a block of it read?`,
    rows: [row('a stored run', bits(value))],
    ask: choice(
      { text: right },
      wrong.map((text) => ({ text })),
      rng,
    ),
    answer: {
      label: 'All its runs',
      areFacts: true,
      chips: runs.map(([name, values]) => ({ token: `${name}: ${values.map((one) => one.toFixed(2)).join(', ')}` })),
    },
    why,
  };
}
