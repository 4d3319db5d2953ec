// The table "Best possible losses": exact posteriors averaged over sampled texts, so each row has a sampling error.
import { expect, test } from 'vitest';
import { createRng, type Rng } from '../../src/core/rng.ts';
import { drawStory, drawWindow } from '../../src/text/corpora/lost-and-found/story.ts';
import { replacedByNoise, replacedByPerfectGenerator } from '../../src/text/replacement.ts';
import { exact, toIds, upTo, vocabulary } from '../support/lost-and-found.ts';

const windowOf = (rng: Rng, sentences: number) => toIds(drawWindow(rng.next, sentences).join(' '));
const near = (value: number, expected: number, tolerance: number) =>
  expect(Math.abs(value - expected), `${value} should be near ${expected}`).toBeLessThan(tolerance);
const binaryNats = (probability: number, happened: boolean) => -Math.log(happened ? probability : 1 - probability);

/** Mean nats of the hidden tokens when each id is hidden at its own rate. */
function maskedNats(rng: Rng, sentences: number, windows: number, rate: (id: number) => number): number {
  let nats = 0;
  let hidden = 0;
  for (let n = 0; n < windows; n++) {
    const ids = windowOf(rng, sentences);
    const seen = ids.map((id) => (rng.next() < rate(id) ? null : id));
    const positions = upTo(ids.length).filter((i) => seen[i] === null);
    exact
      .read(ids)!
      .posteriors(seen, positions)
      .forEach((posterior, i) => {
        nats -= Math.log(posterior![ids[positions[i]!]!]!);
      });
    hidden += positions.length;
  }
  return nats / hidden;
}

test('one mask at any place of four sentences: 0.119 nats, content words 0.40', () => {
  const rng = createRng('one mask');
  const all: number[] = [];
  const content: number[] = [];
  for (let n = 0; n < 200; n++) {
    const ids = windowOf(rng, 4);
    exact
      .read(ids)!
      .posteriors(ids, upTo(ids.length))
      .forEach((posterior, i) => {
        const nats = -Math.log(posterior![ids[i]!]!);
        all.push(nats);
        if (vocabulary.isContent(ids[i]!)) content.push(nats);
      });
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  near(mean(all), 0.119, 0.008);
  near(mean(content), 0.4, 0.02);
});

test.each([
  [1, 0.405],
  [2, 0.228],
  [4, 0.165],
])('a share of 0.15 hidden in windows of %i: %f nats', (sentences, nats) => {
  near(
    maskedNats(createRng(`flat ${sentences}`), sentences, 2400 / sentences, () => 0.15),
    nats,
    0.035,
  );
});

test.each([
  [1, 1.156],
  [2, 0.728],
  [4, 0.531],
])('content words hidden at 0.35 and others at 0.05 in windows of %i: %f nats', (sentences, nats) => {
  const rate = (id: number) => (vocabulary.isContent(id) ? 0.35 : 0.05);
  near(maskedNats(createRng(`content ${sentences}`), sentences, 3000 / sentences, rate), nats, 0.05);
});

test('left to right through stories of four days: 0.351 nats a token', () => {
  const rng = createRng('causal');
  let nats = 0;
  let tokens = 0;
  for (let n = 0; n < 80; n++) {
    const ids = toIds(drawStory(rng.next, 4).join(' '));
    exact.nextTokens(ids)!.forEach((posterior, i) => {
      nats -= Math.log(posterior![ids[i]!]!);
    });
    tokens += ids.length;
  }
  near(nats / tokens, 0.351, 0.015);
});

test('the last sixth of a random order over four sentences: 0.144 nats one by one, 0.171 apart', () => {
  const rng = createRng('order');
  let oneByOne = 0;
  let apart = 0;
  let tokens = 0;
  for (let n = 0; n < 1000; n++) {
    const ids = windowOf(rng, 4);
    const scene = exact.read(ids)!;
    const order = rng.permutation(ids.length);
    const asked = order.slice(Math.round((ids.length * 5) / 6));
    const seen: (number | null)[] = ids.map((id, i) => (asked.includes(i) ? null : id));
    scene.posteriors(seen, asked).forEach((posterior, k) => {
      apart -= Math.log(posterior![ids[asked[k]!]!]!);
    });
    for (const position of asked) {
      oneByOne -= Math.log(scene.posteriors(seen, [position])[0]![ids[position]!]!);
      seen[position] = ids[position]!;
    }
    tokens += asked.length;
  }
  near(oneByOne / tokens, 0.144, 0.02);
  near(apart / tokens, 0.171, 0.02);
  expect(oneByOne).toBeLessThan(apart);
});

test.each([
  [1, 0.099, 0.235],
  [2, 0.063, 0.16],
  [4, 0.036, 0.178],
])('pairs of %i sentences: next sentence %f nats, sentence order %f', (sentences, nextNats, orderNats) => {
  const rng = createRng(`pairs ${sentences}`);
  const pairs = Math.round(1600 / sentences ** 1.5);
  let next = 0;
  let order = 0;
  for (let n = 0; n < pairs; n++) {
    const story = drawWindow(rng.next, 2 * sentences);
    const a = toIds(story.slice(0, sentences).join(' '));
    const b = toIds(story.slice(sentences).join(' '));
    const other = windowOf(rng, sentences);
    const judge = (relation: 'nsp' | 'sop', first: number[], second: number[]) => {
      const packed = [2, ...first, 3, ...second, 3];
      return exact.read(packed, relation)!.hypotheses(packed)![0]!;
    };
    next += (binaryNats(judge('nsp', a, b), true) + binaryNats(judge('nsp', a, other), false)) / 2;
    order += (binaryNats(judge('sop', a, b), true) + binaryNats(judge('sop', b, a), false)) / 2;
  }
  near(next / pairs, nextNats, 0.015);
  near(order / pairs, orderNats, 0.03);
});

test('putting four shuffled sentences in order: about 1.05 bits of log2 24', () => {
  const rng = createRng('shuffled');
  let bits = 0;
  for (let n = 0; n < 150; n++) {
    const ids = windowOf(rng, 4);
    bits -= Math.log2(exact.read(ids, 'shuffled')!.hypotheses(ids)![0]!) / 150;
  }
  near(bits, 1.05, 0.2);
});

test('telling tokens that were drawn from word counts: 0.0033 nats, 99.9 % right', () => {
  const rng = createRng('unigram noise');
  const counts = vocabulary.tokens.map(() => 0);
  for (let n = 0; n < 4000; n++) for (const id of windowOf(rng, 1)) counts[id]! += 1;
  const total = counts.reduce((a, b) => a + b, 0);
  let nats = 0;
  let right = 0;
  let tokens = 0;
  for (let n = 0; n < 200; n++) {
    const ids = windowOf(rng, 4);
    const seen = ids.map((id) => (rng.next() < 0.15 ? rng.pick(counts) : id));
    const positions = upTo(ids.length);
    const noise = (id: number) => counts[id]! / total;
    replacedByNoise(exact.read(ids)!, seen, 0.15, noise, 192, positions).forEach((probability, i) => {
      const replaced = seen[i] !== ids[i];
      nats += binaryNats(probability!, replaced);
      right += Number(probability! > 0.5 === replaced);
      tokens++;
    });
  }
  near(nats / tokens, 0.0033, 0.0025);
  near(right / tokens, 0.999, 0.001);
});

test('a name that nothing else confirms was put there by uniform noise in 1 of 100', () => {
  const ids = toIds('on friday , leo went to the farm and saw a cow .');
  // Kept: 0.85 + 0.15/192. Put there instead of one of the 11 others: 11 · 0.15/192.
  const [name] = replacedByNoise(exact.read(ids)!, ids, 0.15, () => 1 / 192, 192, [3]);
  expect(name).toBeCloseTo(0.01, 9);
});

test('what a perfect generator filled in is hard to tell, and the judge knows how often it errs', () => {
  const rng = createRng('perfect generator');
  let nats = 0;
  let replacedCount = 0;
  let expectedCount = 0;
  let tokens = 0;
  for (let n = 0; n < 150; n++) {
    const ids = windowOf(rng, 4);
    const scene = exact.read(ids)!;
    const hidden = upTo(ids.length).filter(() => rng.next() < 0.15);
    const seen: (number | null)[] = ids.map((id, i) => (hidden.includes(i) ? null : id));
    for (const position of hidden) seen[position] = rng.pick([...scene.posteriors(seen, [position])[0]!]);
    const filled = seen.map((id) => id!);
    replacedByPerfectGenerator(scene, filled, 0.15, rng, 16, upTo(ids.length)).forEach((probability, i) => {
      const replaced = filled[i] !== ids[i];
      nats += binaryNats(probability!, replaced);
      replacedCount += Number(replaced);
      expectedCount += probability!;
      tokens++;
    });
  }
  const share = replacedCount / tokens;
  near(expectedCount / tokens, share, 0.003);
  expect(nats / tokens).toBeLessThan(0.8 * (binaryNats(share, true) * share + binaryNats(share, false) * (1 - share)));
  expect(nats / tokens).toBeGreaterThan(0.0269);
});

test('filling one span of one to five words a sentence: 0.044 nats an output token', () => {
  const rng = createRng('infilling');
  let nats = 0;
  let tokens = 0;
  for (let n = 0; n < 300; n++) {
    const sentences = drawWindow(rng.next, 2).map(toIds);
    let first = 0;
    const spans = sentences.map((sentence) => {
      const length = 1 + rng.int(5);
      const start = first + rng.int(sentence.length - length + 1);
      first += sentence.length;
      return { start, length };
    });
    nats += exact.infillNats(sentences.flat(), spans, (span, length) => (span > 5 ? 0 : 1 / 5 / (length - span + 1)))!;
    tokens += first;
  }
  near(nats / tokens, 0.044, 0.006);
});

test('a span that crosses a full stop, or two in one sentence, cannot be asked', () => {
  const ids = toIds(
    'on friday , leo went to the farm and saw a cow . on saturday , leo went to the farm and saw a hen .',
  );
  const share = () => 0.1;
  expect(exact.infillNats(ids, [{ start: 11, length: 4 }], share)).toBe(undefined);
  expect(
    exact.infillNats(
      ids,
      [
        { start: 1, length: 1 },
        { start: 4, length: 1 },
      ],
      share,
    ),
  ).toBe(undefined);
  expect(exact.infillNats(ids, [{ start: 3, length: 2 }], share)).toBeGreaterThan(0);
});
