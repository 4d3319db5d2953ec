import type { Rng } from '../../../core/rng.ts';
import { everyWay, follow } from '../../choose/choosing.ts';
import { lines } from '../../choose/lines.ts';
import { choice, type Question, type QuizText, shuffled } from '../../quiz.ts';

/** What somebody would take who goes by size, by fame or by the latest. */
const tempting = ['unlimited', 'examples', 'download', 'processor', 'phone', 'anywhere'] as const;

/** Answers to the questions of the step before: which line of the table do they lead to? */
export function scenario(_: QuizText, rng: Rng): Question {
  const ways = everyWay();
  const [answers, id] = ways[rng.int(ways.length)]!;
  const right = lines[id];
  const { given } = follow(answers);
  const wrong = shuffled(
    tempting.filter((one) => one !== id),
    rng,
  )
    .slice(0, 3)
    .map((one) => ({ text: lines[one].take }));
  return {
    prompt: 'Somebody answers like this. What would you suggest?',
    rows: [
      {
        label: 'The answers, the last one decides',
        areFacts: true,
        chips: given.map(({ question, option }) => ({ token: `${question.name}: ${option.text}` })),
      },
    ],
    ask: choice({ text: right.take }, wrong, rng),
    answer: { label: 'The line that fits first', areFacts: true, chips: [{ token: right.take }] },
    why: `${right.because} What speaks against it: ${right.but}`,
  };
}
