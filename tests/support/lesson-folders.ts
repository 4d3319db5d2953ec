import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface LessonFolder {
  readonly folder: string;
  /** Of its addresses. */
  readonly slug: string;
}

export const lessonFolders = (): readonly LessonFolder[] =>
  readdirSync('lessons')
    .filter((folder) => existsSync(`lessons/${folder}/lesson.md`))
    .map((folder) => ({ folder, slug: folder.replace(/^\d+-/, '') }));

/** The addresses of a lesson's steps, in order. */
export const stepsOf = ({ folder, slug }: LessonFolder): readonly string[] =>
  [...readFileSync(`lessons/${folder}/lesson.md`, 'utf8').matchAll(/^###\s.*\{#([\w-]+)\}\s*$/gm)].map(
    ([, id]) => `#/lesson/${slug}/${id}`,
  );
