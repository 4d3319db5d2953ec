import { expect, test } from 'vitest';
import { withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from './fake-session.ts';
import { memoryStore } from './memory-store.ts';

test('a run that is begun again with other settings does not wait for its text, one of another text does', async () => {
  const { receive, heard } = fakeSession({ store: memoryStore() });
  const stagesOf = async (run: typeof tiny) => {
    const before = heard.length;
    await receive({ type: 'start', run });
    const said = heard.slice(before);
    expect(said.at(-1)?.type).not.toBe('failed');
    return new Set(said.flatMap((message) => (message.type === 'stage' ? [message.text] : [])));
  };
  expect(await stagesOf(tiny)).toContain('Learning a vocabulary');
  const again = await stagesOf(withSettings(tiny, { seed: '2', learningRate: 0.01 }));
  expect(again).not.toContain('Learning a vocabulary');
  expect(again).toContain('Building the model');
  expect(await stagesOf(withSettings(tiny, { vocabSize: 200 }))).toContain('Learning a vocabulary');
});
