import type * as v from 'valibot';
import { check } from '../../core/errors.ts';
import { kebab } from '../component-names.ts';
import { decode, missing } from '../url.ts';

// What a lesson may refer to, read from the folders of the site; the compiler has Vite load this in Node.

/** What may be set on a picture or panel: the `schema` that its own `<Name>.props.ts` exports. */
export type PropsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;
/** By name; without a schema nothing can be set but the caption. */
export type Placeable = Readonly<Record<string, PropsSchema | undefined>>;

const panelFiles = import.meta.glob('../../panels/*Panel.svelte');
const panelProps = import.meta.glob<PropsSchema>('../../panels/*Panel.props.ts', { eager: true, import: 'schema' });
const pictureFiles = import.meta.glob('../../../lessons/*/*.svelte');
const pictureProps = import.meta.glob<PropsSchema>('../../../lessons/*/*.props.ts', { eager: true, import: 'schema' });

function schemaOf(file: string, schemas: Readonly<Record<string, PropsSchema>>): PropsSchema | undefined {
  const path = file.replace(/\.svelte$/, '.props.ts');
  check(!Object.hasOwn(schemas, path) || schemas[path] !== undefined, `${path} exports no schema.`);
  return schemas[path];
}
const nameOf = (file: string): string =>
  file
    .split('/')
    .at(-1)
    ?.replace(/\.svelte$/, '') ?? '';

/** The panels, as lessons call them: `mask-matrix` is `MaskMatrixPanel.svelte`. */
export const panels: Placeable = Object.fromEntries(
  Object.keys(panelFiles).map((file) => [kebab(nameOf(file).replace(/Panel$/, '')), schemaOf(file, panelProps)]),
);

/** The pictures in one lesson's own folder. */
export const picturesOf = (folder: string): Placeable =>
  Object.fromEntries(
    Object.keys(pictureFiles)
      .filter((file) => file.split('/').at(-2) === folder)
      .map((file) => [nameOf(file), schemaOf(file, pictureProps)]),
  );

/** Whether a page answers to an address and can use all of it; which lessons there are, the course knows. */
export function isPage(address: string): boolean {
  const { page, problems } = decode(address);
  return address.startsWith('#/') && page !== missing && problems.length === 0;
}
