import * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import { type PaperId, papers } from '../../core/papers.ts';
import type { Act, Lesson, LessonStep, Part } from '../../lesson.ts';
import { runFields } from '../../training/run.ts';
import { checkRun } from '../../training/run-checks.ts';
import { defaultRun, runFrom } from '../../training/settings.ts';
import { renderLine, renderMarkdown } from './markdown.ts';
import { type Blame, blaming } from './mistake.ts';
import type { Placeable } from './site.ts';
import { readYaml } from './yaml.ts';

/** What a lesson's text may refer to. */
export interface Referents {
  /** Whether an address within the site, `#/lesson/…`, leads somewhere. */
  readonly resolves: (address: string) => boolean;
  readonly panels: Placeable;
  /** The pictures in the lesson's own folder, placed as figures. */
  readonly pictures: Placeable;
}

const paperIds = Object.keys(papers) as PaperId[];
const anything = v.record(v.string(), v.unknown());

const head = v.strictObject({
  title: v.string(),
  question: v.string(),
  minutes: v.pipe(v.number(), v.minValue(1)),
  source: v.strictObject({ paper: v.picklist(paperIds), where: v.string() }),
  probe: v.strictObject({ sentence: v.string(), hidden: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))) }),
  run: v.optional(
    v.record(
      v.picklist(
        runFields.map(({ key }) => key),
        'is no setting of a run',
      ),
      v.union([v.string(), v.number(), v.boolean(), anything]),
    ),
    {},
  ),
});

const caption = v.pipe(v.string(), v.minLength(1));

interface Line {
  readonly number: number;
  readonly text: string;
}

interface Block {
  readonly info: string;
  readonly body: string;
  readonly line: number;
}

/** The front matter between two `---` lines, and the lines after it. */
function divide(source: string, blame: Blame) {
  const lines = source.split(/\r?\n/).map((text, i): Line => ({ number: i + 1, text }));
  const end = lines.findIndex(({ text }, i) => i > 0 && text === '---');
  if (lines[0]?.text !== '---' || end < 0)
    blame(1, 'must begin with its title, question, minutes and source between two lines of ---.');
  const yaml = lines
    .slice(1, end)
    .map(({ text }) => text)
    .join('\n');
  return { yaml, body: lines.slice(end + 1) };
}

function placed({ info, body, line }: Block, scope: string, around: Referents, blame: Blame): Part {
  const [kind, name = ''] = info.split(/\s+/);
  if (kind !== 'figure' && kind !== 'panel') return blame(line, `"${info}" is neither a figure nor a panel.`);
  const known = kind === 'panel' ? around.panels : around.pictures;
  if (!Object.hasOwn(known, name))
    return blame(line, `there is no ${kind} called "${name}"; there are ${Object.keys(known).join(', ') || 'none'}.`);
  const schema = v.strictObject({ ...known[name]?.entries, caption });
  const { caption: said, ...props } = readYaml(body, schema, line + 1, blame);
  const setting = { firstLine: line, scope, blame, resolves: around.resolves };
  return { kind, name, props, caption: renderLine(said, setting) };
}

/** The parts of one step: prose, and what stands in fences marked `figure` or `panel`. */
function partsOf(lines: readonly Line[], scope: string, around: Referents, blame: Blame): Part[] {
  const parts: Part[] = [];
  let prose: Line[] = [];
  const flush = () => {
    const firstLine = prose[0]?.number ?? 1;
    const html = renderMarkdown(prose.map(({ text }) => text).join('\n'), {
      firstLine,
      scope,
      blame,
      resolves: around.resolves,
    });
    if (html !== '') parts.push({ kind: 'prose', html });
    prose = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const { text, number } = lines[i] as Line;
    const opening = /^```((?:figure|panel)\b.*)$/.exec(text);
    if (!opening) {
      prose.push(lines[i] as Line);
      continue;
    }
    flush();
    const end = lines.findIndex((line, j) => j > i && line.text.trim() === '```');
    if (end < 0) blame(number, 'opens a fence that is never closed.');
    const body = lines
      .slice(i + 1, end)
      .map((line) => line.text)
      .join('\n');
    parts.push(placed({ info: (opening[1] ?? '').trim(), body, line: number }, scope, around, blame));
    i = end;
  }
  flush();
  return parts;
}

function actsOf(body: readonly Line[], around: Referents, blame: Blame): Act[] {
  const acts: { title: string; steps: LessonStep[] }[] = [];
  const ids = new Set<string>();
  let fenced = false;
  const marks = body.flatMap(({ text, number }, i) => {
    if (text.startsWith('```')) fenced = !fenced;
    return !fenced && /^#{1,3}\s/.test(text) ? [{ text, number, i }] : [];
  });
  const before = body.slice(0, marks[0]?.i).find(({ text }) => text.trim() !== '');
  if (before) blame(before.number, 'stands before the first act (##).');
  for (const [k, { text, number, i }] of marks.entries()) {
    const own = body.slice(i + 1, marks[k + 1]?.i);
    const said = text.replace(/^#+\s+/, '').trim();
    if (text.startsWith('# ')) blame(number, 'is a first-level heading; the title belongs at the top of the file.');
    if (text.startsWith('## ')) {
      const loose = own.find((line) => line.text.trim() !== '');
      if (loose) blame(loose.number, 'stands in an act but in no step (###).');
      acts.push({ title: said, steps: [] });
      continue;
    }
    const act = acts.at(-1);
    if (!act) return blame(number, 'is a step (###) before the first act (##).');
    // A step's address is written out, so that a better title breaks no link.
    const [, title, id] =
      /^(.+?)\s*\{#([\w-]+)\}$/.exec(said) ?? blame(number, 'is a step without an address: ### Title {#address}');
    if (!title || !id || ids.has(id)) blame(number, `has the address "${id}", which another step has.`);
    ids.add(id);
    const parts = partsOf(own, id, around, blame);
    if (parts.length === 0) blame(number, 'is a step without a word or a picture.');
    act.steps.push({ id, title, parts });
  }
  const empty = acts.findIndex(({ steps }) => steps.length === 0);
  if (empty >= 0 || acts.length === 0)
    blame(
      body[0]?.number ?? 1,
      `has ${acts.length === 0 ? 'no act (##)' : `no step in the act "${acts[empty]?.title}"`}.`,
    );
  return acts;
}

/** A lesson's Markdown as data. Throws `LessonMistake` with file and line for anything that would not show as meant. */
export function compile(source: string, file: string, around: Referents): Lesson {
  const blame = blaming(file);
  const { yaml, body } = divide(source, blame);
  const { run: change, ...about } = readYaml(yaml, head, 2, blame);
  let run = defaultRun;
  try {
    run = runFrom(change);
    checkRun(run);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    blame(2, `has a run that cannot be meant: ${error.message}`);
  }
  return { ...about, run, acts: actsOf(body, around, blame) };
}
