import type { Vocabulary } from '../../document.ts';
import type { Exact, Relation, Scene } from '../../exact.ts';
import { createBuilder, type Node, one } from './circuit.ts';
import { allWords } from './grammar.ts';
import { openEnd, type Run, readSentences } from './layout.ts';
import { createScene } from './scene.ts';
import { type Sentence, unseen, type WordAt } from './sentence-circuit.ts';
import { createStoryBuilder, intoStories } from './story-circuit.ts';

/** Scenes kept ready: texts with the same boundaries share one. */
const keptScenes = 256;

/** Orders of 0 … n−1, the identity first, then as words are sorted. */
export function permutations(n: number): readonly (readonly number[])[] {
  if (n === 0) return [[]];
  const shorter = permutations(n - 1);
  return Array.from({ length: n }, (_, first) =>
    shorter.map((rest) => [first, ...rest.map((i) => (i >= first ? i + 1 : i))]),
  ).flat();
}

/** Exact sums for this vocabulary; undefined when it splits one of the grammar's words. */
export function createExact(vocabulary: Vocabulary): Exact | undefined {
  const ids = new Map(allWords.map((word) => [word, vocabulary.idOf(word)]));
  if ([...ids.values()].includes(undefined)) return undefined;
  const scenes = new Map<string, Scene>();

  /** The segments of a packed sequence; special tokens stand between them. */
  function runsOf(sequence: readonly number[]): readonly Run[] {
    const runs: { words: string[]; positions: number[] }[] = [];
    let open = false;
    sequence.forEach((id, position) => {
      if (!vocabulary.isSpecial(id)) {
        if (!open) runs.push({ words: [], positions: [] });
        runs.at(-1)!.words.push(vocabulary.tokens[id]!);
        runs.at(-1)!.positions.push(position);
      }
      open = !vocabulary.isSpecial(id);
    });
    return runs;
  }

  function remembered(key: string, make: () => Scene): Scene {
    const known = scenes.get(key) ?? make();
    scenes.delete(key);
    scenes.set(key, known);
    if (scenes.size > keptScenes) scenes.delete(scenes.keys().next().value!);
    return known;
  }

  /** A scene of hypotheses; each is stories side by side, each story its sentences in order. */
  function build(hypotheses: readonly (readonly (readonly Sentence[])[])[]): Scene {
    const builder = createBuilder();
    const at: WordAt = (position, word): Node => (position === unseen ? one : builder.leaf(position, ids.get(word)!));
    const { story } = createStoryBuilder(builder, at);
    const nodes = hypotheses.map((stories) => builder.product(stories.map(story)));
    const circuit = builder.build(builder.sum(nodes, 1 / nodes.length));
    return createScene(circuit, nodes, vocabulary.size);
  }

  function read(sequence: readonly number[], relation: Relation = 'consecutive'): Scene | undefined {
    const segments = runsOf(sequence).map(readSentences);
    if (segments.length === 0 || segments.includes(undefined)) return undefined;
    const known = segments as readonly (readonly Sentence[])[];
    return remembered(`${relation} ${JSON.stringify(known)}`, () => build(hypothesesOf(known, relation)));
  }

  function nextTokens(sequence: readonly number[]) {
    const answers = new Array<Float64Array | undefined>(sequence.length).fill(undefined);
    const before: Sentence[] = [];
    for (const run of runsOf(sequence)) {
      const sentences = readSentences(run);
      if (sentences === undefined) return undefined;
      let next = 0;
      for (const sentence of sentences) {
        const start = run.positions[next]!;
        const length = sentence.readings[0]!.positions.filter((position) => position !== unseen).length;
        const isCut = sentence.readings[0]!.positions[0] === unseen;
        const current = isCut ? sentence : openEnd(sentence.kind, start);
        const sentencesSoFar = [...before, current];
        const scene = remembered(`next ${JSON.stringify(sentencesSoFar)}`, () => build([intoStories(sentencesSoFar)]));
        for (let position = start; position < start + length; position++) {
          const seen = sequence.map((id, i) => (i < position ? id : null));
          answers[position] = scene.posteriors(seen, [position])[0];
        }
        before.push(sentence);
        next += length;
      }
    }
    return answers;
  }

  return { read, nextTokens };
}

/** Each hypothesis as stories side by side. */
function hypothesesOf(
  segments: readonly (readonly Sentence[])[],
  relation: Relation,
): readonly (readonly (readonly Sentence[])[])[] {
  const together = intoStories(segments.flat());
  if (relation === 'nsp') return [together, segments.flatMap(intoStories)];
  if (relation === 'sop') return [together, intoStories(segments.toReversed().flat())];
  if (relation === 'consecutive') return [together];
  const sentences = segments.flat();
  return permutations(sentences.length).map((order) => intoStories(order.map((i) => sentences[i]!)));
}
