import axe from 'axe-core';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import JointPanel from '../../src/panels/JointPanel.svelte';
import LeakPanel from '../../src/panels/LeakPanel.svelte';
import StreamsPanel from '../../src/panels/StreamsPanel.svelte';
import { labOf, storyData } from './lab-tools.ts';

const noViolation = async (container: Element) => {
  const { violations } = await axe.run(container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};
const stories = () => labOf({}, { text: storyData });

test('a word leaks past two masks, and only what is taken out of the input does not', async () => {
  const screen = await render(LeakPanel, { lab: stories(), sentence: 'the toad looked for honey .', answer: 2 });
  const picture = (name: RegExp) => expect.element(screen.getByRole('group', { name })).toBeInTheDocument();
  await picture(/toad \(2\): after layer 1 8 positions, .* by attention and by the residual path/);
  await screen.getByRole('radio', { name: 'Nobody looks at the word' }).click();
  await picture(/toad \(2\): after layer 1 1 position, after layer 2 1 position\. .* by the residual path/);
  await screen.getByRole('radio', { name: 'The word is taken out' }).click();
  await picture(/position 2 is not in the input/);
  await screen.getByRole('button', { name: 'Follow honey, position 5' }).click();
  await picture(/position 5 is not in the input/);
  await noViolation(screen.container);
});

test('another word is followed with keys alone', async () => {
  const screen = await render(LeakPanel, { lab: stories(), sentence: 'the toad looked for honey .', answer: 2 });
  const word = screen.getByRole('button', { name: 'Follow toad, position 2' });
  await expect.element(word).toBeInTheDocument();
  (word.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.element(screen.getByRole('group', { name: /looked \(3\)/ })).toBeInTheDocument();
});

test('the two words of a city are possible in eight pairs together, and in many more each alone', async () => {
  const screen = await render(JointPanel, {
    lab: stories(),
    sentence: 'on wednesday , a letter came to the forest from new york .',
    holes: [11, 12],
  });
  await expect
    .element(screen.getByRole('img', { name: /Together 8 of 64 pairs .* guessed alone, 87.5 % of the belief/ }))
    .toBeVisible();
  await expect.element(screen.getByText('3.00 bits')).toBeVisible();
  await expect.element(screen.getByText('6.00 bits')).toBeVisible();
  await noViolation(screen.container);
});

test('along an order the second word of a city costs nothing, whichever is first', async () => {
  const screen = await render(JointPanel, {
    lab: stories(),
    sentence: 'on wednesday , a letter came to the forest from new york .',
    holes: [11, 12],
    chain: true,
  });
  await expect.element(screen.getByText(/new first: 3\.00 bits. Then york, .* 0\.00 bits/)).toBeVisible();
  await screen.getByRole('radio', { name: 'york' }).click();
  await expect.element(screen.getByText(/york first: 3\.00 bits. Then new, .* 0\.00 bits/)).toBeVisible();
  await noViolation(screen.container);
});

test('who answers for a target has read it, or does not know the place, or knows the place alone', async () => {
  const screen = await render(StreamsPanel, {
    lab: stories(),
    sentence: 'on wednesday , a letter came to the forest from new york .',
    targets: [11, 12],
  });
  await expect.element(screen.getByRole('group', { name: /new \(11\) is asked of its query stream/ })).toBeVisible();
  await expect.element(screen.getByRole('img', { name: /new at position 11 has 12 %/ })).toBeVisible();
  await screen.getByRole('radio', { name: 'the word read before' }).click();
  await expect.element(screen.getByRole('group', { name: /the content stream of \. \(13\)/ })).toBeVisible();
  await expect.element(screen.getByRole('img', { name: /york at position 12 has 6 %/ })).toBeVisible();
  await screen.getByRole('button', { name: 'Ask for york, position 12' }).click();
  await screen.getByRole('radio', { name: 'the word itself' }).click();
  await expect.element(screen.getByRole('group', { name: /york \(12\), which holds that word already/ })).toBeVisible();
  await noViolation(screen.container);
});

test('a text without a grammar has no exact sums, and says so', async () => {
  const screen = await render(JointPanel, { lab: labOf({}), sentence: 'the cat sat on the mat .', holes: [2, 3] });
  await expect.element(screen.getByText('Exact sums need a text whose grammar is known')).toBeVisible();
});
