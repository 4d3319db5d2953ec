import type { Lesson } from '../../lesson.ts';

// The site's policy allows no style attributes (src/app/build/policy.ts). Those of formulas and of table columns are
// renamed, and a style sheet gives them their meaning back.

/** Markup with its styles in `data-style`. */
export const renameStyles = (html: string): string => html.replaceAll(' style="', ' data-style="');

/** What every style of the lesson's markup means. A style attribute would beat any other rule, hence `!important`. */
export function styleSheet({ acts }: Lesson): string {
  const html = acts.flatMap(({ steps }) =>
    steps.flatMap(({ parts }) => parts.map((part) => (part.kind === 'prose' ? part.html : part.caption))),
  );
  const styles = new Set(html.flatMap((one) => [...one.matchAll(/ data-style="([^"]*)"/g)].map((match) => match[1]!)));
  const rule = (style: string) => {
    const declarations = style.split(';').filter((one) => one.trim() !== '');
    return `[data-style="${style}"]{${declarations.map((one) => `${one} !important`).join(';')}}`;
  };
  return [...styles].map(rule).join('\n');
}
