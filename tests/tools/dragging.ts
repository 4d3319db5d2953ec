import type { Browser, Page } from 'playwright';
import { course, loadLesson } from '../../src/app/lessons.ts';
import { builtSite, serve } from '../e2e/site.ts';
import { type TraceEvent, tracedTasks } from '../support/main-thread.ts';
import { launch, visit } from '../support/visit.ts';

/** A playhead is moved so far with each move of the pointer, in pixels, and so often. */
const stride = 4;
const betweenMs = 16;
const slowDown = 4;
const dragMs = 6000;
const trainingMs = 30_000;
/** A task that keeps the page longer from answering is felt. */
const longMs = 50;

export interface Drag {
  readonly lesson: string;
  /** Pictures a second while the playhead was dragged, and the longest wait for one in milliseconds. */
  readonly fps: number;
  readonly longestMs: number;
}

/** Moves the playhead from side to side. Throws where it did not move. */
async function drag(page: Page, ms: number): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Playhead' });
  const { x, y, width, height } = (await slider.boundingBox())!;
  const [left, right] = [x + 0.2 * width, x + 0.9 * width];
  const seen = new Set<string | null>();
  let [at, step] = [x + width / 2, -stride];
  // Between the curves and the axis, where no flag stands in the way.
  await page.mouse.move(at, y + 0.97 * height);
  await page.mouse.down();
  for (const end = Date.now() + ms; Date.now() < end; ) {
    at += step;
    if (at < left) step = stride;
    if (at > right) step = -stride;
    // As a hand does: it does not wait until the page has followed.
    void page.mouse.move(at, y + 0.97 * height).catch(() => undefined);
    await new Promise((done) => setTimeout(done, betweenMs));
    if (seen.size < 2) seen.add(await slider.getAttribute('aria-valuenow'));
  }
  await page.mouse.up();
  if (seen.size < 2) throw new Error('The playhead did not move.');
}

/** Counts the pictures that the page makes meanwhile. */
async function counting(page: Page, act: () => Promise<void>): Promise<Omit<Drag, 'lesson'>> {
  const times = await page.evaluateHandle(() => {
    const all: number[] = [];
    const look = (now: number) => {
      all.push(now);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return all;
  });
  await act();
  const [first, ...rest] = await times.jsonValue();
  const waits = rest.map((now, i) => now - (rest[i - 1] ?? first!));
  return { fps: (1000 * rest.length) / (rest.at(-1)! - first!), longestMs: Math.max(...waits) };
}

async function slowed(browser: Browser, site: string, lesson: string, step: string): Promise<Drag> {
  const { page, close } = await visit(browser, `${site}#/lesson/${lesson}/${step}`);
  await page.locator('section.model svg').first().waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  const figures = await counting(page, () => drag(page, dragMs));
  await close();
  return { lesson, ...figures };
}

/** Milliseconds of processor time that each task of the page took while it trained and the playhead was dragged. */
async function whileTraining(browser: Browser, address: string): Promise<readonly number[]> {
  const { page, close } = await visit(browser, address, { engine: 'wasm' });
  const training = page.getByRole('region', { name: 'Training', exact: true });
  await training.getByRole('button', { name: 'Start' }).click();
  await training.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await drag(page, trainingMs);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  await close();
  return tracedTasks(traceEvents);
}

/** Drags the playhead of every lesson's stored run, and that of the first lesson while it trains, in the built site. */
export async function dragged(asJson: boolean): Promise<string> {
  await builtSite();
  const { url, close } = await serve('/');
  const browser = await launch();
  const drags: Drag[] = [];
  for (const { slug } of course) {
    const steps = (await loadLesson(slug))!.acts.flatMap((act) => act.steps);
    const first = steps.find(({ parts }) => parts.some((part) => part.kind === 'panel' && part.name === 'lab'));
    if (first) drags.push(await slowed(browser, url, slug, first.id));
  }
  const tasks = await whileTraining(browser, `${url}#/lesson/${course[0]!.slug}/start`);
  await browser.close();
  await close();
  const long = tasks.filter((ms) => ms > longMs);
  if (asJson) return JSON.stringify({ drags, long, tasks: tasks.length });
  return [
    `the processor ${slowDown} times as slow, the playhead of a stored run dragged for ${dragMs / 1000} s:`,
    'lesson                     pictures a second  longest wait ms',
    ...drags.map(({ lesson, fps, longestMs }) =>
      [lesson.padEnd(26), fps.toFixed(1).padStart(17), longestMs.toFixed(0).padStart(16)].join(' '),
    ),
    `training and dragging for ${trainingMs / 1000} s: ${long.length} of ${tasks.length} tasks of the page took more than ${longMs} ms, the longest ${Math.max(...tasks).toFixed(0)} ms`,
  ].join('\n');
}
