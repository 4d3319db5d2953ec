/** Width of a letter of the sans family by its size: the mean of running text, and what a short label may need. */
const letterWidths = { text: 0.5, label: 0.54 } as const;
type Kind = keyof typeof letterWidths;

/** How wide so many letters are, and how many letters fit; in CSS pixels. */
export const widthOf = (letters: number, size: number, kind: Kind): number => letters * size * letterWidths[kind];
export const lettersIn = (width: number, size: number, kind: Kind): number =>
  Math.floor(width / (size * letterWidths[kind]));

/** At most `length` characters, the cut marked. */
export const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;

/** Of at most the last `length` characters the whole words, where they say anything, the cut marked. */
export const clipStart = (text: string, length: number): string =>
  text.length <= length
    ? text
    : length < 1
      ? ''
      : `…${text.slice(text.length - length + 1).replace(/^\S*\s(?=.{3})/, '')}`;

/** At most `length` characters of both ends, a quarter of them from the beginning, the cut marked. */
export function clipMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const before = Math.floor((length - 1) / 4);
  return `${text.slice(0, before)}…${text.slice(text.length - Math.max(0, length - 1 - before))}`;
}

/** Lines of at most `length` characters, broken at spaces, at most `lines` of them. */
export function wrap(text: string, length: number, lines: number): readonly string[] {
  const out: string[] = [];
  for (const word of text.split(' ')) {
    const last = out.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  const kept = out.length <= lines ? out : [...out.slice(0, lines - 1), out.slice(lines - 1).join(' ')];
  return kept.map((line) => clip(line, length));
}

/** A probability for people: `80 %`, `1 in 300`. */
export function chanceText(chance: number): string {
  if (chance >= 1) return 'certain';
  if (chance >= 0.095) return `${Math.round(chance * 100)} %`;
  return chance > 0 ? `1 in ${Math.round(1 / chance).toLocaleString('en')}` : 'never';
}
