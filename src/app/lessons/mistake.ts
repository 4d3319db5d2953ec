import type { Rolldown } from 'vite';

/** A mistake in a lesson's file: stops the build with the file and the line. */
export class LessonMistake extends Error {
  readonly file: string;
  readonly line: number;
  constructor(file: string, line: number, sentence: string) {
    super(`${file}:${line} ${sentence}`);
    this.name = 'LessonMistake';
    this.file = file;
    this.line = line;
  }
}

/** Says where in one file a mistake is; `line` counts from 1. */
export type Blame = (line: number, sentence: string) => never;

export const blaming =
  (file: string): Blame =>
  (line, sentence) => {
    throw new LessonMistake(file, line, sentence);
  };

/** What is made of a file at `path`; a mistake in it stops the build, with its line. */
export function reported<T>(context: Rolldown.PluginContext, path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof LessonMistake)) throw error;
    return context.error({ message: error.message, id: path, loc: { file: path, line: error.line, column: 0 } });
  }
}
