import * as v from 'valibot';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Blame } from './mistake.ts';

/**
 * YAML that must fit a schema; a mistake is blamed on its own line. `firstLine` is where the text begins in the file.
 */
export function readYaml<Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
  firstLine: number,
  blame: Blame,
): v.InferOutput<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => firstLine + lines.linePos(offset).line - 1;
  const [error] = document.errors;
  if (error) blame(lineAt(error.pos[0]), `is not YAML: ${error.message}`);
  const checked = v.safeParse(schema, document.toJS() ?? {});
  if (checked.success) return checked.output;
  const issue = checked.issues[0];
  const path = (issue.path ?? []).map(({ key }) => key);
  const named = path.join('.');
  // The deepest part of the path that stands in the text: a missing key stands nowhere.
  const at = path
    .map((_, i) => document.getIn(path.slice(0, path.length - i), true))
    .find((node) => isNode(node) && node.range);
  const line = isNode(at) && at.range ? lineAt(at.range[0]) : firstLine;
  return blame(line, named === '' ? issue.message : `${named}: ${issue.message}`);
}
