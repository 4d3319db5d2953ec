import type { ClassReader } from '../../classes.ts';
import type { Vocabulary } from '../../document.ts';
import { idOfWord } from '../../id-of-word.ts';
import type { WordClass } from './classes.ts';
import { weekdays } from './grammar.ts';
import { type Role, readRoles, runsOf, type ToldSentence } from './layout.ts';

/** What else of its own sentence tells a word, whatever stands there: all of it must be in the text. */
const tellers: Partial<Readonly<Record<Role, { readonly wordClass: WordClass; readonly told: readonly Role[] }>>> = {
  CITY2: { wordClass: 'city', told: ['CITY1'] },
  SIMILE: { wordClass: 'simile', told: ['ADJECTIVE'] },
  WEATHER: { wordClass: 'weather', told: ['ANIMAL'] },
  FOOD: { wordClass: 'food', told: ['ANIMAL'] },
  ANIMAL: { wordClass: 'animal', told: ['WEATHER', 'FOOD'] },
};

/** What stays the same within a story, and so can be copied from another sentence of it. */
const copied: Partial<Readonly<Record<Role, WordClass>>> = { PLACE: 'place', HERO: 'hero' };

/** What the opening of a story tells of its ending; the second word of the city is told by the first. */
const lost: readonly Role[] = ['COLOUR', 'OBJECT', 'CITY1'];

/** What the opening of the story under way has told. */
type ToldRoles = ReadonlySet<Role | undefined>;

/** Whether a sentence is one day of a story and names its weekday. */
const namesDay = (sentence: ToldSentence | undefined): boolean =>
  sentence?.kind === 'body' && sentence.roles.some((role, i) => role === 'DAY' && isWeekday(sentence.words[i]!));

const isWeekday = (word: string): boolean => weekdays.includes(word);

/**
 * The classes of words in texts of the grammar.
 * - `frame`: what the templates fix, and the words of a date that are no weekday. It is told by its sentence.
 * - `city`, `simile`: the second of two words that are drawn together, where the first stands in the text.
 * - `weather`, `food`: told by the animal of the sentence in 9 of 10; `animal`: by weather and food together.
 * - `place`, `hero`: where the same one is told elsewhere in the sequence.
 * - `lost`: colour, object and first word of the city in an ending, where the opening of its story tells them.
 * - `weekday`: where the sentence before or behind it in its segment is a day that names its weekday, too; it is
 *   the following one in 9 of 10. Segments may be of different stories or swapped, so nothing follows across them.
 * - `other`: all else, and words of a sentence of which so much is cut off that it cannot be told which it is.
 * Whether what tells a word is itself hidden makes no difference. A reader from left to right may not have seen it yet.
 */
export function createClassReader(vocabulary: Vocabulary, words: readonly string[]): ClassReader | undefined {
  if (words.some((word) => idOfWord(vocabulary, word) === undefined)) return undefined;
  return (ids) => {
    const runs = runsOf(ids, vocabulary);
    const segments = runs.flatMap((run) => {
      const sentences = readRoles(run);
      return sentences ? [sentences] : [];
    });
    if (segments.length === 0 || segments.length < runs.length) return undefined;
    const classes = new Array<WordClass | undefined>(ids.length).fill(undefined);
    const named = new Map<string, number>();
    for (const sentence of segments.flat())
      sentence.roles.forEach((role, i) => {
        if (role && copied[role]) named.set(sentence.words[i]!, (named.get(sentence.words[i]!) ?? 0) + 1);
      });

    function classOf(
      { words: said, roles, kind }: ToldSentence,
      i: number,
      isBesideDay: boolean,
      told: ToldRoles,
    ): WordClass {
      const role = roles[i];
      if (role !== undefined && kind === 'ending' && lost.includes(role)) return told.has(role) ? 'lost' : 'other';
      if (role === undefined) return 'other';
      if (role === 'FIXED' || (role === 'DAY' && !isWeekday(said[i]!))) return 'frame';
      if (role === 'DAY') return isBesideDay ? 'weekday' : 'other';
      const copy = copied[role];
      if (copy) return named.get(said[i]!)! > 1 ? copy : 'other';
      const own = tellers[role];
      return own?.told.every((other) => roles.includes(other)) ? own.wordClass : 'other';
    }

    for (const sentences of segments) {
      let told: ToldRoles = new Set();
      sentences.forEach((sentence, k) => {
        if (sentence.kind === 'opening') told = new Set(sentence.roles);
        const isBesideDay = sentence.kind === 'body' && (namesDay(sentences[k - 1]) || namesDay(sentences[k + 1]));
        sentence.positions.forEach((position, i) => {
          classes[position] = classOf(sentence, i, isBesideDay, told);
        });
        if (sentence.kind === 'ending') told = new Set();
      });
    }
    return classes;
  };
}
