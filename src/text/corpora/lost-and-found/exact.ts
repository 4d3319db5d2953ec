import type { Vocabulary } from '../../document.ts';
import type { Exact, HiddenSpan, Relation, Scene, SpanShare, Tie } from '../../exact.ts';
import { idOfWord } from '../../id-of-word.ts';
import { createBuilder, type Node, one } from './circuit.ts';
import { allWords } from './grammar.ts';
import { type Hypothesis, hypothesesOf, intoStories } from './hypotheses.ts';
import { hideSpan, openEnd, readRoles, readSentences, runsOf, seenPositions } from './layout.ts';
import { createScene } from './scene.ts';
import { type Sentence, unseen, type WordAt } from './sentence-circuit.ts';
import { createStoryBuilder } from './story-circuit.ts';
import { tieOf } from './ties.ts';

/** Scenes kept ready: texts with the same boundaries share one. */
const keptScenes = 256;

/** Exact sums for a text of these words; undefined when the vocabulary splits one of them. */
export function createExact(vocabulary: Vocabulary, words: readonly string[] = allWords): Exact | undefined {
  const ids = new Map(words.map((word) => [word, idOfWord(vocabulary, word)]));
  if ([...ids.values()].includes(undefined)) return undefined;
  const scenes = new Map<string, Scene>();

  /** The sentences of each segment of a packed sequence; special tokens stand between the segments. */
  function segmentsOf(sequence: readonly number[]): readonly (readonly Sentence[])[] | undefined {
    const runs = runsOf(sequence, vocabulary);
    const segments = runs.flatMap((run) => {
      const sentences = readSentences(run);
      return sentences ? [sentences] : [];
    });
    return segments.length > 0 && segments.length === runs.length ? segments : undefined;
  }

  function build(hypotheses: readonly Hypothesis[]): Scene {
    const builder = createBuilder();
    const at: WordAt = (position, word): Node => (position === unseen ? one : builder.leaf(position, ids.get(word)!));
    const { story } = createStoryBuilder(builder, at);
    const never = builder.sum([], []);
    const nodes = hypotheses.map((stories) => (stories ? builder.product(stories.map(story)) : never));
    const circuit = builder.build(builder.sum(nodes, 1 / nodes.length));
    return createScene(circuit, nodes, vocabulary.size);
  }

  function sceneOf(segments: readonly (readonly Sentence[])[], relation: Relation): Scene | undefined {
    const key = `${relation} ${JSON.stringify(segments)}`;
    let scene = scenes.get(key);
    if (scene === undefined) {
      const hypotheses = hypothesesOf(segments, relation);
      if (hypotheses === undefined) return undefined;
      scene = build(hypotheses);
    }
    scenes.delete(key);
    scenes.set(key, scene);
    if (scenes.size > keptScenes) scenes.delete(scenes.keys().next().value!);
    return scene;
  }

  function read(sequence: readonly number[], relation: Relation = 'consecutive'): Scene | undefined {
    const segments = segmentsOf(sequence);
    return segments && sceneOf(segments, relation);
  }

  function nextTokens(sequence: readonly number[], from = 0): readonly (Float64Array | undefined)[] | undefined {
    const sentences = segmentsOf(sequence)?.flat();
    if (sentences === undefined) return undefined;
    const answers = new Array<Float64Array | undefined>(sequence.length).fill(undefined);
    sentences.forEach((sentence, i) => {
      const positions = seenPositions(sentence).filter((position) => position >= from);
      if (positions.length === 0) return;
      const scene = sceneOf([[...sentences.slice(0, i), openEnd(sentence)]], 'consecutive')!;
      for (const position of positions) {
        const left = sequence.map((id, j) => (j < position ? id : null));
        answers[position] = scene.posteriors(left, [position])[0];
      }
    });
    return answers;
  }

  function infillNats(sequence: readonly number[], spans: readonly HiddenSpan[], share: SpanShare): number | undefined {
    const whole = read(sequence)?.logProbability(sequence);
    const segments = segmentsOf(sequence);
    if (whole === undefined || segments === undefined) return undefined;
    let left = spans.length;
    let drawn = 0;
    const hidden = segments.map((sentences) =>
      sentences.map((sentence) => {
        const positions = seenPositions(sentence);
        const inside = spans.filter(({ start }) => positions.includes(start));
        const [span] = inside;
        if (span === undefined) return sentence;
        const cut = inside.length === 1 ? hideSpan(sentence, span, share) : undefined;
        if (cut === undefined) return sentence;
        left--;
        drawn += Math.log(share(span.length, positions.length));
        return cut;
      }),
    );
    if (left > 0) return undefined;
    const seen = sequence.map((id, i) => (spans.some((s) => i >= s.start && i < s.start + s.length) ? null : id));
    return build([intoStories(hidden.flat())]).logProbability(seen) - whole - drawn;
  }

  function ties(sequence: readonly number[]): readonly (Tie | undefined)[] | undefined {
    const told = runsOf(sequence, vocabulary).map(readRoles);
    if (told.includes(undefined)) return undefined;
    const found = new Array<Tie | undefined>(sequence.length).fill(undefined);
    for (const { words: said, roles, positions } of told.flatMap((sentences) => sentences!))
      positions.forEach((position, i) => {
        found[position] = tieOf(roles[i], said[i]!);
      });
    return found;
  }

  return { read, nextTokens, infillNats, ties };
}
