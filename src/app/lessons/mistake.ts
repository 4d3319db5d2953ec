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
