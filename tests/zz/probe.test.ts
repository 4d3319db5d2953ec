import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { softmax } from '../../src/training/frame.ts';
import { prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { readPlainly } from '../../src/training/plain-encoder.ts';
import { readWeights } from '../../src/training/recording.ts';
import { runOfKey } from '../../src/training/settings.ts';
import { pack } from '../../src/objectives/make.ts';
import { startFrom } from '../../src/models/distilbert/start.ts';
import { pullsOf, softened, wordsOf, divergence } from '../../src/panels/teacher-readers.ts';
import { corpora } from '../../src/text/catalog.ts';

test('probe', async () => {
  const get = async (id: string) => {
    const { key, states } = await readWeights(readFileSync(`lessons/10-distillation/recordings/${id}.weights.bin`));
    const run = runOfKey(key);
    return { run, weights: new Map(Object.entries(states.at(-1)!.weights)) };
  };
  const t = await get('teacher');
  const s = await get('student');
  const data = await prepare(t.run.text);
  const exact = data.exact ?? (await corpora['lost-and-found']!.exact!(data.vocabulary));
  const teacher = { ...blueprintOf(t.run, data.vocabulary.size), weights: t.weights };
  const student = { ...blueprintOf(s.run, data.vocabulary.size), weights: s.weights };
  const begun = { ...student, weights: startFrom({ config: student.config as never, state: student.weights }, { config: teacher.config, state: teacher.weights }) };
  const cases: [string, number[]][] = [
    ['on tuesday , it was rainy , so the toad looked for honey near the forest . on wednesday , mira went to the forest and saw a pine .', [10, 13]],
    ['on tuesday , it was rainy , so the toad looked for honey near the forest . on wednesday , mira went to the forest and saw a pine .', [10, 19, 25]],
    ['on tuesday , it was rainy , so the toad looked for honey near the forest .', [10, 13]],
    ['on monday , omar went to the farm and saw a goat . on tuesday , he danced with the cow at the farm until dinner .', [8, 11, 21]],
    ['on tuesday , it was snowy , so the owl looked for milk near the river .', [6, 10, 13]],
    ['on wednesday , a letter came to the forest from new york . on thursday , leo felt as busy as a bee at the forest .', [8, 11, 12, 20]],
  ];
  for (const [sentence, hidden] of cases) {
    const { ids } = pack({ a: data.tokenizer.encode(sentence) }, data.vocabulary);
    console.log('\n' + ids.map((id, i) => (hidden.includes(i) ? `[${data.vocabulary.tokens[id]}]` : data.vocabulary.tokens[id])).join(' '));
    const masked = ids.map((id, i) => (hidden.includes(i) ? data.vocabulary.maskId : id));
    const rt = readPlainly(teacher, masked), rs = readPlainly(student, masked), rb = readPlainly(begun, masked);
    const seen = ids.map((id, i) => (hidden.includes(i) || data.vocabulary.isSpecial(id) ? null : id));
    const post = exact!.read(ids)?.posteriors(seen, hidden);
    hidden.forEach((place, h) => {
      const ps = [rt, rs, rb].map((r) => softmax(r.logitsAt(place)));
      const ex = post?.[h];
      const words = wordsOf([ex ?? ps[0]!, ps[0]!, ps[1]!], ids[place]!, 8);
      console.log(place, data.vocabulary.tokens[ids[place]!], 'KL exact: t', ex && divergence(ex, ps[0]!).toFixed(3), 's', ex && divergence(ex, ps[1]!).toFixed(3), 'begun', ex && divergence(ex, ps[2]!).toFixed(3));
      for (const w of words) console.log('  ', data.vocabulary.tokens[w]!.padEnd(12), [...ps, ex ?? []].map((p) => (p[w] ?? NaN).toFixed(4)).join(' '), 'T2', softened(ps[0]!, 2)[w]!.toFixed(3), 'T8', softened(ps[0]!, 8)[w]!.toFixed(3));
      console.log('  pulls end', JSON.stringify(pullsOf(rt, rs, place, ids[place]!, 2)), 'begun', JSON.stringify(pullsOf(rt, rb, place, ids[place]!, 2)));
    });
  }
});
