import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/figures/palette.css';
import type { Point } from '../../src/figures/curve.ts';
import LossCurve from '../../src/figures/LossCurve.svelte';

const references = [
  { name: 'all words alike', loss: 5.26 },
  { name: 'best possible', loss: 0.81, best: true },
];
const training = Array.from({ length: 1000 }, (_, i): Point => [i + 1, 1 + 4 * Math.exp(-i / 200)]);
const chart = {
  series: [{ name: 'BERT', traces: [{ training }] }],
  references,
  width: 600,
  xMax: 1000,
  among: true,
  frames: [0, 100, 200, 400, 800],
  flags: [{ step: 300, title: 'pairs' }],
};

test('the playhead is led by the keyboard from frame to frame and back to the run, by a flag to its step', async () => {
  const sought: (number | undefined)[] = [];
  const screen = await render(LossCurve, { ...chart, at: 200, onseek: (at) => sought.push(at) });
  const slider = screen.getByRole('slider', { name: 'Playhead' });
  await expect
    .element(slider)
    .toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^step 200: 2\.\d\d nats, like choosing among [\d.]+, \d+ % /),
    );
  (slider.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}{Shift>}{ArrowRight}{/Shift}{Home}{End}l');
  expect(sought).toEqual([400, 100, 800, 0, 800, undefined]);
  await screen.getByRole('button', { name: 'pairs: step 300' }).click();
  expect(sought.at(-1)).toBe(300);
});

test('the pointer drags the playhead over the whole plot and beyond its edge', async () => {
  const sought: (number | undefined)[] = [];
  const screen = await render(LossCurve, { ...chart, at: 200, onseek: (at) => sought.push(at) });
  const plot = screen.getByRole('slider').element();
  const box = plot.getBoundingClientRect();
  // The diamond can be taken at both ends of the axis: half of it reaches over them.
  const grip = 10;
  const [left, width, top] = [box.left + grip, box.width - 2 * grip, box.top];
  const point = (type: string, share: number) =>
    plot.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        button: 0,
        clientX: left + width * share,
        clientY: top + 20,
        bubbles: true,
      }),
    );
  // A pointer made by a script cannot be captured; it counts as captured from when it goes down.
  let isHeld = false;
  plot.setPointerCapture = () => {
    isHeld = true;
  };
  plot.hasPointerCapture = () => isHeld;
  point('pointermove', 0.3);
  expect(sought).toEqual([]);
  point('pointerdown', 0.5);
  point('pointermove', 0.25);
  point('pointermove', 1.5);
  expect(sought).toEqual([500, 250, 1000]);
});

test('moving the playhead neither lays the curves out again nor touches what is drawn of them', async () => {
  let reads = 0;
  const trace = {
    get training() {
      reads++;
      return training;
    },
  };
  // As a parent gives it: a change of one prop is no change of the others.
  let at = $state(200);
  const series = [{ name: 'BERT', traces: [trace] }];
  const screen = await render(LossCurve, {
    ...chart,
    series,
    get at() {
      return at;
    },
  });
  const before = reads;
  const changed = new Set<Node>();
  const watch = new MutationObserver((all) => {
    for (const { target } of all) changed.add(target);
  });
  watch.observe(screen.container, { subtree: true, attributes: true, childList: true, characterData: true });
  at = 640;
  await expect.element(screen.getByText('step 640')).toBeInTheDocument();
  watch.disconnect();
  expect(reads).toBe(before);
  expect(changed.size).toBeLessThan(20);
});

test('the title of a flag that has no room shows while one points at it or has come to it by keyboard', async () => {
  const flags = [300, 304, 308, 312, 316, 320, 324, 328].map((step) => ({ step, title: `learned at ${step}` }));
  const screen = await render(LossCurve, { ...chart, flags, onseek: () => undefined });
  const hidden = [...screen.container.querySelectorAll('text[visibility="hidden"]')].find((text) =>
    text.textContent?.includes('learned'),
  )!;
  expect(getComputedStyle(hidden).visibility).toBe('hidden');
  const button = hidden.closest<SVGElement>('[role="button"]')!;
  button.focus();
  await userEvent.keyboard('{Shift}');
  expect(getComputedStyle(hidden).visibility).toBe('visible');
});
