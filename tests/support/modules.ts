import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** One import: where it stands, what it names, and whether only types come through it. */
export interface Import {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** A path from the top of the project, or a package's name. */
  readonly target: string;
  readonly isPackage: boolean;
  readonly typesOnly: boolean;
  readonly dynamic: boolean;
}

/** All TypeScript and Svelte files below a folder, as paths from the top of the project with forward slashes. */
export const modulesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).split(sep).join('/'))
    .sort();

const staticImport = /^[ \t]*(?:import|export)\s+(type\s+)?([^'";]*?\sfrom\s+)?['"]([^'"\n]+)['"]/gm;
const dynamicImport = /\b(?:import|new URL)\(\s*['"]([^'"\n]+)['"]/g;

/** Names in braces that all say `type` bring types only, as does `import type`. */
function bringsTypesOnly(keyword: string | undefined, clause: string | undefined): boolean {
  if (keyword) return true;
  const inBraces = /^\{([^}]*)\}\s*from\s+$/.exec(clause?.trimStart() ?? '')?.[1];
  const names = inBraces?.split(',').map((name) => name.trim());
  return names?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
}

/** Every import of a file, read from its text: paths are resolved, packages keep their names. */
export function importsOf(file: string, source = readFileSync(file, 'utf8')): Import[] {
  const at = (index: number, text: string, specifier: string) => {
    const isPackage = !specifier.startsWith('.');
    const path = specifier.split('?')[0] ?? specifier;
    const target = isPackage
      ? path
      : normalize(join(dirname(file), path))
          .split(sep)
          .join('/');
    return {
      file,
      line: source.slice(0, index).split('\n').length,
      text: text.trim().replace(/\s+/g, ' '),
      target,
      isPackage,
    };
  };
  const fixed = [...source.matchAll(staticImport)].map((match) => ({
    ...at(match.index + (match[0].length - match[0].trimStart().length), match[0], match[3] ?? ''),
    typesOnly: bringsTypesOnly(match[1], match[2]),
    dynamic: false,
  }));
  const late = [...source.matchAll(dynamicImport)].map((match) => ({
    ...at(match.index, match[0], match[1] ?? ''),
    typesOnly: false,
    dynamic: true,
  }));
  return [...fixed, ...late];
}

/** The first circle of static imports, as the files along it; undefined when there is none. */
export function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}
