import type { Tie } from '../../exact.ts';
import { weekdays } from './grammar.ts';
import type { Role } from './layout.ts';

const told: Partial<Readonly<Record<Role, Tie>>> = {
  PLACE: 'place',
  NOUN: 'place',
  HERO: 'hero',
  PRONOUN: 'hero',
};

/** Of which tie a word tells: a noun belongs to its place, a pronoun to its hero, and `one day` names no weekday. */
export function tieOf(role: Role | undefined, word: string): Tie | undefined {
  if (role === 'DAY') return weekdays.includes(word) ? 'weekday' : undefined;
  return role && told[role];
}
