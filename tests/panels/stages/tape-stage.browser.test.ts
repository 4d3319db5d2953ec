import axe from 'axe-core';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/app/style.css';
import TapeStage from '../../../src/panels/stages/shared/TapeStage.svelte';
import type { TapeState } from '../../../src/panels/tape.ts';
import { data, labOf } from '../lab-tools.ts';
import { start } from '../tape-tools.ts';

async function open(state: TapeState = start, controls?: readonly string[]) {
  const states: TapeState[] = [];
  const screen = await render(TapeStage, {
    lab: labOf({ pairing: 'nsp' }),
    data,
    start: state,
    controls,
    onchange: (next: TapeState) => states.push(next),
  });
  const slider = screen.getByRole('slider', { name: 'Position on the tape' });
  await expect.element(slider).toBeVisible();
  return { screen, slider, states };
}
/** Those of the legend are not counted. */
const dots = () => document.querySelectorAll('svg:not([aria-label^="Legend"]) > g circle[fill="var(--asked)"]').length;

test('the tape is scrubbed by buttons, by keys and on its track, and the row of chips follows', async () => {
  const { screen, slider, states } = await open();
  expect(dots()).toBe(3);
  await screen.getByRole('button', { name: 'To the start of the tape' }).click();
  await expect.element(screen.getByText('nothing drawn yet')).toBeVisible();
  expect(dots()).toBe(0);
  (slider.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(dots()).toBe(1);
  const box = slider.element().getBoundingClientRect();
  await slider.click({ position: { x: box.width - 8, y: box.height / 2 } });
  expect(dots()).toBe(3);
  expect(states.map(({ at }) => at)).toEqual([0, 1, states.at(-1)!.at]);
});

test('the tape follows a pointer that drags along its track', async () => {
  const { screen, slider, states } = await open();
  const { width, height } = slider.element().getBoundingClientRect();
  const y = height / 2;
  const ends = { sourcePosition: { x: width - 8, y }, targetPosition: { x: 8, y } };
  await userEvent.dragAndDrop(slider, slider, ends);
  await expect.element(screen.getByText('nothing drawn yet')).toBeVisible();
  // Let go, the pointer moves nothing.
  const count = states.length;
  await slider.hover({ position: { x: width - 8, y } });
  expect(states).toHaveLength(count);
});

test('one decision is drawn anew, said in words, and taken back', async () => {
  const { screen, states } = await open({ ...start, at: 2 });
  await screen.getByRole('button', { name: 'Draw 1 anew: Which position?' }).click();
  await expect.element(screen.getByText('Draw 1 drawn anew')).toBeVisible();
  expect(states).toEqual([{ ...start, at: 2, redraws: [0] }]);
  await screen.getByRole('button', { name: 'Undo redraw' }).click();
  expect(states.at(-1)!.redraws).toEqual([]);
});

test('a new draw keeps the sentence, a new sentence keeps the seed', async () => {
  const { screen, states } = await open();
  await screen.getByRole('button', { name: 'New draw' }).click();
  expect(states.at(-1)).toEqual({ ...start, draw: 1 });
  await screen.getByLabelText('Sentence').fill('a dog ran on the rug .');
  await expect.element(screen.getByRole('button', { name: /position 2: .*dog/ })).toBeInTheDocument();
  await screen.getByLabelText('Sentence').fill('');
  await expect.element(screen.getByText('There is no text to work on.')).toBeVisible();
  await screen.getByRole('button', { name: 'From the corpus' }).click();
  expect(states.at(-1)!.sentence).toBeUndefined();
});

test('a share that cannot be meant is marked with its sentence, and the picture stays', async () => {
  const { screen } = await open(start, ['maskShare', 'randomShare']);
  await screen.getByLabelText('Shown as another').fill('0.9');
  await expect.element(screen.getByRole('alert')).toHaveTextContent('add up to 1.7');
  expect(dots()).toBe(3);
});

test('a chip that is picked is spoken of', async () => {
  const { screen } = await open();
  await screen.getByRole('button', { name: /^position 0:/ }).click();
  await expect.element(screen.getByText(/Position 0,/)).toHaveTextContent('nothing happens here');
});

test('the legend says what every mark means, also of those that do not occur', async () => {
  const { screen } = await open({ ...start, at: 0 });
  await expect
    .element(screen.getByRole('img', { name: /^Legend: filled: hidden, hatched: replaced, .* and .*: asked for\.$/ }))
    .toBeVisible();
});

test('has no accessibility violation that axe finds', async () => {
  const { screen } = await open();
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('an emptied dial says so by its name alone, and a number puts it right', async () => {
  const { screen } = await open(start, ['ngram']);
  const dial = screen.getByLabelText('Longest run');
  const said = screen.getByRole('alert');
  await dial.fill('2.5');
  await expect.element(said).toHaveTextContent('Longest run is 2.5, but it must be a whole number from 1 to 5.');
  await dial.fill('');
  await expect
    .element(said)
    .toHaveTextContent('Longest run is empty, so nothing changes yet; it must be a whole number from 1 to 5.');
  await dial.fill('2');
  await expect.poll(() => said.query()).toBeNull();
});

test('an emptied sentence has one message, which says of what the picture is', async () => {
  const { screen } = await open({ ...start, sentence: 'the zebra xyzzy' });
  const field = screen.getByRole('textbox', { name: 'Sentence' });
  await expect.element(screen.getByText(/not in the vocabulary/)).toBeVisible();
  await field.fill('');
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent(
      'There is no text to work on. Write a sentence, or take one from the corpus. The picture is of the text before.',
    );
  await expect.poll(() => screen.getByText(/not in the vocabulary/).query()).toBeNull();
});
