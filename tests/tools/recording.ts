import { join } from 'node:path';
import { startingRun, withSettings } from '../../src/training/settings.ts';
import type { RecordingCost, Way } from '../bench/recording.ts';
import { withModulePage } from '../support/module-page.ts';

const probe = { sentence: 'on monday , mira went to the harbor and saw a gull . mira fed the gull .', hidden: [3, 11] };
/** Blocks of some steps: the first ones compile, frames are many at first and then ever fewer. */
const [first, stride, blocks] = [6, 6, 7];

/** What recording adds to a step of the whole run: from what a frame costs, and how many there are of it. */
export function shareOf({ steps, frames, blocks: [, ...warm] }: RecordingCost) {
  const sum = (way: Way) => warm.reduce((all, { ms }) => all + ms[way], 0);
  const kept = warm.reduce((all, block) => all + block.frames, 0);
  const taken = warm.at(-1)!.to - warm[0]!.from;
  const [stepMs, frameMs] = [sum('off') / taken, (sum('on') - sum('off')) / Math.max(1, kept)];
  return { stepMs, frameMs, kept, taken, share: (frameMs * frames) / (stepMs * steps) };
}

/** Measures in headless Chromium what recording costs the run that a visitor begins with. */
export async function recorded(asJson: boolean): Promise<string> {
  const run = withSettings(startingRun, { evaluateEvery: 10_000 });
  const ends = Array.from({ length: blocks }, (_, i) => first + i * stride);
  const cost = await withModulePage('bench', (page) => {
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/recording.ts')}`);
    const given = [run, probe, ends].map((one) => JSON.stringify(one)).join(', ');
    return page.evaluate<RecordingCost>(`import(${module}).then(({ recordingCost }) => recordingCost(${given}))`);
  });
  if (asJson) return JSON.stringify(cost);
  const { stepMs, frameMs, kept, taken, share } = shareOf(cost);
  const more = cost.blocks.filter(({ frames, draws }) => frames === 0 && draws.on !== draws.off).length;
  return [
    `adapter: ${cost.adapter}`,
    '  steps    frames  off ms   on ms  draws off   draws on',
    ...cost.blocks.map(({ from, to, frames, ms, draws }) =>
      [
        `${from}–${to}`.padStart(9),
        String(frames).padStart(6),
        ...[ms.off, ms.on].map((one) => one.toFixed(0).padStart(7)),
        ...[draws.off, draws.on].map((one) => String(one).padStart(10)),
      ].join(' '),
    ),
    `a step ${stepMs.toFixed(0)} ms without recording, a frame ${frameMs.toFixed(0)} ms (${kept} in ${taken} steps)`,
    `of the whole run, ${cost.frames} frames in ${cost.steps} steps: ${(100 * share).toFixed(1)} % more time`,
    `blocks without a frame that draw more than without recording: ${more}`,
  ].join('\n');
}
