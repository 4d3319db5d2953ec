/** The ids of the steps of a lesson, read from the headings of its Markdown. */
export const stepsIn = (markdown: string): readonly string[] =>
  Array.from(markdown.matchAll(/^###\s.*\{#([\w-]+)\}\s*$/gm), ([, id]) => id ?? '');
