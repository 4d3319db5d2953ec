// The probability of whole stories as nodes of a circuit: a sum over hero and place of products over sentences, times a
// forward pass over the weekdays, times a sum over what opening and ending share.
import { check } from '../../../core/errors.ts';
import type { Builder, Node } from './circuit.ts';
import { followingShare, heroes, places, weekdays } from './grammar.ts';
import {
  addCells,
  bodyCells,
  type Cells,
  dateLength,
  dates,
  type Edge,
  edge,
  type Reading,
  type Sentence,
  type WordAt,
} from './sentence-circuit.ts';

/** Readings of a body sentence whose date lies in the same place. */
interface Variant {
  readonly cells: Cells;
  readonly dates: readonly Node[];
}

/** Many more than any text has; beyond it the sum over the readings would not end. */
const mostCombinations = 4096;

/** Turns stories into nodes. A sentence that stands in several hypotheses is built once. */
export function createStoryBuilder(builder: Builder, at: WordAt) {
  const variants = new Map<Sentence, readonly Variant[]>();
  const edges = new Map<Sentence, Edge>();

  function variantsOf(sentence: Sentence): readonly Variant[] {
    const known = variants.get(sentence);
    if (known) return known;
    const byDate = new Map<string, Reading[]>();
    for (const reading of sentence.readings) {
      const key = reading.positions.slice(0, dateLength).join();
      byDate.set(key, [...(byDate.get(key) ?? []), reading]);
    }
    const built = [...byDate.values()].map((readings) => ({
      cells: addCells(
        builder,
        readings.map((reading) => bodyCells(builder, at, reading)),
      ),
      dates: dates(builder, at, readings[0]!.positions),
    }));
    variants.set(sentence, built);
    return built;
  }

  function edgeOf(sentence: Sentence): Edge | undefined {
    if (sentence.kind === 'body') return undefined;
    const known = edges.get(sentence);
    if (known) return known;
    check(sentence.readings.length === 1, `an ${sentence.kind} lies in one way, not in ${sentence.readings.length}`);
    const built = edge(builder, at, sentence.kind, sentence.readings[0]!);
    edges.set(sentence, built);
    return built;
  }

  /** Forward pass over the hidden weekday; the first is any of the seven. */
  function weekdayChain(days: readonly (readonly Node[])[]): Node {
    const n = weekdays.length;
    let forward: readonly Node[] = [];
    days.forEach((day, i) => {
      if (i === 0) {
        forward = day.map((node) => builder.sum([node], [1 / n]));
        return;
      }
      const any = builder.sum(forward, 1 / n);
      forward = day.map((node, weekday) => {
        const before = forward[(weekday + n - 1) % n]!;
        return builder.product([node, builder.sum([before, any], [followingShare, 1 - followingShare])]);
      });
    });
    return builder.sum(forward, 1);
  }

  /** Sentences of one story, in its order. */
  function story(sentences: readonly Sentence[]): Node {
    const seenEdges = sentences.flatMap((sentence) => edgeOf(sentence) ?? []);
    const bodies = sentences.filter(({ kind }) => kind === 'body').map(variantsOf);
    const combinations = bodies.reduce<readonly (readonly Variant[])[]>(
      (sofar, choices) => sofar.flatMap((chosen) => choices.map((choice) => [...chosen, choice])),
      [[]],
    );
    check(combinations.length <= mostCombinations, `${combinations.length} readings of one story are too many`);
    const shared = (values: (edge: Edge) => readonly Node[]): Node => {
      const lists = seenEdges.map(values);
      const count = lists[0]?.length ?? 0;
      const products = Array.from({ length: count }, (_, i) => builder.product(lists.map((list) => list[i]!)));
      return builder.sum(products, 1 / count);
    };
    const heroAndPlace = (chosen: readonly Variant[]): Node => {
      const cells = heroes.flatMap((_, hero) =>
        places.map((_, place) =>
          builder.product([...seenEdges.map((e) => e.hero[hero]!), ...chosen.map((v) => v.cells[hero]![place]!)]),
        ),
      );
      return builder.sum(cells, 1 / cells.length);
    };
    const told = combinations.map((chosen) =>
      builder.product([
        heroAndPlace(chosen),
        ...(chosen.length > 0 ? [weekdayChain(chosen.map((variant) => variant.dates))] : []),
      ]),
    );
    const edgeNodes =
      seenEdges.length > 0 ? [shared((e) => e.city), shared((e) => e.colour), shared((e) => e.object)] : [];
    return builder.product([...seenEdges.map((e) => e.fixed), ...edgeNodes, builder.sum(told, 1)]);
  }

  return { story };
}
