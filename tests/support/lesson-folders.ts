import { existsSync, readdirSync } from 'node:fs';

/** All lessons, by the folder they lie in and the slug of their addresses. */
export const lessonFolders = (): readonly { readonly folder: string; readonly slug: string }[] =>
  readdirSync('lessons')
    .filter((folder) => existsSync(`lessons/${folder}/lesson.md`))
    .map((folder) => ({ folder, slug: folder.replace(/^\d+-/, '') }));
