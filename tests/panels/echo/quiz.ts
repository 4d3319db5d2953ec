import { choice, type Quiz } from '../../../src/panels/quiz.ts';

/** One question about an echo. */
export const quiz: Quiz = {
  makers: {
    echo: ({ documents, vocabulary }, rng) => {
      const [id = 0, other = 0] = documents[0]?.sentences[0] ?? [];
      const [token = '', wrong = ''] = [vocabulary.tokens[id], vocabulary.tokens[other]];
      const row = { label: 'The token', chips: [{ token }] };
      const ask = choice({ text: token }, [{ text: wrong }], rng);
      return { prompt: `What is the echo of ${token}?`, rows: [row], ask, answer: row, why: 'An echo says the same.' };
    },
  },
};
