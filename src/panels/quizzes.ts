import type { Recipe } from '../objectives/objective.ts';
import type { Quiz } from './quiz.ts';

const found = import.meta.glob<Quiz>('./stages/*/quiz.ts', { eager: true, import: 'quiz' });

/**
 * The questions about a run, found by folder: those of its pairing, where it brings some, else those of its noising. A
 * pairing with questions is what its lesson is about; the noising beside it has a lesson of its own. `of` names
 * another folder: a second lesson on one objective has questions of its own.
 */
export const quizOf = ({ pairing, noising }: Pick<Recipe, 'pairing' | 'noising'>, of?: string): Quiz | undefined =>
  of ? found[`./stages/${of}/quiz.ts`] : (found[`./stages/${pairing}/quiz.ts`] ?? found[`./stages/${noising}/quiz.ts`]);
