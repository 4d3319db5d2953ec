import { type Line, type LineId, lines } from './lines.ts';
import { type Option, type Question, questionOf, questions } from './questions.ts';

/** An answer that was given. */
export interface Given {
  readonly question: Question;
  readonly option: Option;
}

/** Where some answers lead: what was asked so far, and the next question or what is suggested. */
export interface Path {
  readonly given: readonly Given[];
  readonly question?: Question;
  readonly line?: Line;
}

/** Follows answers from the first question on, by their ids; what does not answer its question ends the way. */
export function follow(answers: readonly string[]): Path {
  const given: Given[] = [];
  let question = questions[0]!;
  for (const answer of answers) {
    const option = question.options.find(({ id }) => id === answer);
    if (!option) break;
    given.push({ question, option });
    if (option.line) return { given, line: lines[option.line] };
    question = questionOf(option.leads ?? '') ?? question;
  }
  return { given, question };
}

export const answersOf = ({ given }: Path): readonly string[] => given.map(({ option }) => option.id);

/** The address of some answers, from `#` on. */
export const addressOf = (answers: readonly string[]): string =>
  `#/choose${answers.length > 0 ? `?answers=${answers.join('.')}` : ''}`;

/** Reads a query; answers that no question has are left out and named in `problems`. */
export function answersIn(query: URLSearchParams, problems: string[]): readonly string[] {
  const said = (query.get('answers') ?? '').split('.').filter(Boolean);
  const read = answersOf(follow(said));
  const wrong = said[read.length];
  if (wrong !== undefined)
    problems.push(`answers names "${wrong}", which answers nothing there. It is left out, and what came behind it.`);
  return read;
}

/** Every way of answering that ends in a line. */
export function everyWay(start: Path = follow([])): readonly (readonly [readonly string[], LineId])[] {
  if (start.line) return [[answersOf(start), start.line.id as LineId]];
  return (start.question?.options ?? []).flatMap(({ id }) => everyWay(follow([...answersOf(start), id])));
}
