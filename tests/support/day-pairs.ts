import {
  animals,
  cities,
  datedShare,
  ends,
  followingShare,
  foods,
  frames,
  heroes,
  nouns,
  places,
  sheHeroes,
  similes,
  weathers,
  weekdays,
} from '../../src/text/corpora/lost-and-found/grammar.ts';
import type { Relation } from '../../src/text/exact.ts';
import { exact, toIds, vocabulary } from './lost-and-found.ts';

/** A pair of days that stands for all that tell the same, and how often such a pair comes. */
export interface DayPair {
  readonly ids: readonly number[];
  /** P(such a pair | B is the day after A), P(… | A is the day after B), P(… | B is from another story). */
  readonly next: number;
  readonly swapped: number;
  readonly random: number;
}

interface Day {
  readonly frame: number;
  readonly hero: number;
  readonly place: number;
  /** Undefined: `one day`. */
  readonly weekday?: number | undefined;
}

function sentenceOf({ frame, hero, place, weekday }: Day): string {
  const fillers: Readonly<Record<string, string>> = {
    HERO: heroes[hero]!,
    PRONOUN: hero < sheHeroes ? 'she' : 'he',
    PLACE: places[place]!,
    NOUN: nouns[place]![0]!,
    WEATHER: weathers[0]!,
    FOOD: foods[0]!,
    ANIMAL: animals[0]![0]!,
    ADJECTIVE: similes[0]![0],
    SIMILE: similes[0]![1],
    CITY1: cities[0]![0],
    CITY2: cities[0]![1],
    END: ends[0]!,
  };
  const words = frames[frame]!.template.map((word) => fillers[word] ?? word).join(' ');
  return `${weekday === undefined ? 'one day' : `on ${weekdays[weekday]}`} ${words}`;
}

const days = weekdays.length;
/** P(the next day's weekday is `gap` later). */
const gapShare = (gap: number) => (gap === 1 ? followingShare : 0) + (1 - followingShare) / days;

/** How often two stories have the same hero, another of the same pronoun, or one of the other. */
const heroRelations = [
  { second: 0, random: 1 / heroes.length, next: 1 },
  { second: 1, random: (sheHeroes - 1) / heroes.length, next: 0 },
  { second: sheHeroes, random: (heroes.length - sheHeroes) / heroes.length, next: 0 },
];
const placeRelations = [
  { second: 0, random: 1 / places.length, next: 1 },
  { second: 1, random: 1 - 1 / places.length, next: 0 },
];

/** Every pair of days there is, as far as it tells anything: shares add up to one. */
export const dayPairs: readonly DayPair[] = frames.flatMap((a, frameA) =>
  frames.flatMap((b, frameB) =>
    heroRelations.flatMap((hero) =>
      placeRelations.flatMap((place) =>
        [true, false].flatMap((isDatedA) =>
          [true, false].flatMap((isDatedB) =>
            Array.from({ length: isDatedA && isDatedB ? days : 1 }, (_, gap): DayPair => {
              const both = isDatedA && isDatedB;
              const dated = (isDated: boolean) => (isDated ? datedShare : 1 - datedShare);
              const rest = a.share * b.share * dated(isDatedA) * dated(isDatedB);
              const same = rest * hero.next * place.next;
              const first = sentenceOf({ frame: frameA, hero: 0, place: 0, weekday: isDatedA ? 0 : undefined });
              const second = sentenceOf({
                frame: frameB,
                hero: hero.second,
                place: place.second,
                weekday: isDatedB ? gap : undefined,
              });
              return {
                ids: [
                  vocabulary.classifyId,
                  ...toIds(first),
                  vocabulary.separateId,
                  ...toIds(second),
                  vocabulary.separateId,
                ],
                next: same * (both ? gapShare(gap) : 1),
                swapped: same * (both ? gapShare((days - gap) % days) : 1),
                random: rest * hero.random * place.random * (both ? 1 / days : 1),
              };
            }),
          ),
        ),
      ),
    ),
  ),
);

/** P(B follows A), for a reader who knows the grammar. */
export const followsOf = (ids: readonly number[], relation: Relation): number =>
  exact.read(ids, relation)!.hypotheses(ids.map((id) => (vocabulary.isSpecial(id) ? null : id)))![0]!;

/** The share of pairs of one kind that a reader gets right who says what is more probable than not; a tie counts half. */
export const accuracyOf = (judge: (ids: readonly number[]) => number, other: 'swapped' | 'random'): number =>
  dayPairs.reduce((sum, pair) => {
    const share = judge(pair.ids);
    const says = Math.abs(share - 0.5) < 1e-9 ? 0.5 : Number(share > 0.5);
    return sum + 0.5 * (pair.next * says + pair[other] * (1 - says));
  }, 0);
