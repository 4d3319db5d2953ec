import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import QuizPanel from '../../src/panels/QuizPanel.svelte';
import { labOf } from './lab-tools.ts';

test('an objective without questions says so, and what to do instead', async () => {
  const screen = await render(QuizPanel, { lab: labOf({ noising: 'causal' }), slug: 'none' });
  const said = screen.getByText('There are no questions about “Left to right” yet.');
  await expect.element(said).toHaveTextContent('step back to its start');
});
