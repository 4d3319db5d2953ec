import type { Given, Question } from '../../src/panels/lab/block-question.ts';
import { modelOf, type Seen } from '../../src/panels/lab/model.ts';
import type { Vocabulary } from '../../src/text/document.ts';
import { createVocabulary } from '../../src/text/vocabulary.ts';
import { prepare } from '../../src/training/data.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { spelling, withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from '../training/fake-session.ts';
import { memoryStore } from '../training/memory-store.ts';

/** Wide enough weights that every head has a mind of its own before it has learned anything. */
const sharp = { architectureOptions: { initStd: 0.4 }, layers: 2, steps: 2, maxLength: 24 };
const probe = { sentence: 'on monday mira went to the forest .', hidden: [2, 3] };

/** Made ready once for all runs of a text. */
const read = new Map<string, ReturnType<typeof prepare>>();
function vocabularyOf(run: Run): Promise<Vocabulary> {
  const key = spelling(run.text);
  const data = read.get(key) ?? prepare(run.text);
  read.set(key, data);
  return data.then(({ vocabulary }) => vocabulary);
}

/** A run after two updates with what its page would show of it, and a way to ask it. */
export async function trained(settings: Settings) {
  const { receive, heard } = fakeSession({ store: memoryStore() });
  const run = withSettings(tiny, { ...sharp, ...settings });
  await receive({ type: 'start', run, probe });
  await receive({ type: 'resume' });
  const started = heard.flatMap((message) => (message.type === 'started' ? [message] : []))[0]!;
  const frame = heard.flatMap((message) => (message.type === 'framed' ? [message.frame] : [])).at(-1)!;
  const vocabulary = await vocabularyOf(run);
  const seen: Seen = { run, vocabulary: createVocabulary(vocabulary.tokens, []), probe: started.history.probe!, frame };
  async function given({ example, taps }: Question): Promise<Given> {
    await receive({ type: 'inspect', id: 1, example, taps: [...taps] });
    await receive({ type: 'weights', id: 2 });
    const { value } = heard.findLast((message) => message.type === 'answer')!;
    const { weights } = heard.findLast((message) => message.type === 'weights')!;
    return { values: value, weights };
  }
  return { seen, model: modelOf(seen), given };
}
