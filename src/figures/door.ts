/**
 * The one door for lessons: what a picture in a lesson's own folder may use. Such a picture is a function of its props,
 * as every figure is; nothing behind this door trains, stores or fetches.
 */

// Whole figures:

export { default as AttentionArcs } from './AttentionArcs.svelte';
export { default as AttentionGrid } from './AttentionGrid.svelte';
export { default as HeadInside } from './HeadInside.svelte';
export { default as LossCurve } from './LossCurve.svelte';
export { default as ModelPicture } from './ModelPicture.svelte';
export { default as NoteStrip } from './NoteStrip.svelte';
export { default as OrderSteps } from './OrderSteps.svelte';
export { default as PairCut } from './PairCut.svelte';
export { default as ParameterBars } from './ParameterBars.svelte';
export { default as PatternGrid } from './PatternGrid.svelte';
export { default as Predictions } from './Predictions.svelte';
export { default as RelayRows } from './RelayRows.svelte';
export { default as SpanNoise } from './SpanNoise.svelte';
export { default as TokenStrip } from './TokenStrip.svelte';
export { default as Verdicts } from './Verdicts.svelte';

// What figures are told:

export type { Chip, Mark } from './chips.ts';
export type { Point, References, Series } from './curve.ts';
export type { Head } from './heads.ts';
export type { DrawnBlock, DrawnMap, Row } from './model-picture.ts';
export type { OrderPicture } from './order.ts';
export type { Part } from './parts.ts';
export type { Table } from './table.ts';

// The frame with caption, table and files, and what a picture of one's own is made of:

export { default as Axis } from './Axis.svelte';
export { dragging } from './attach.ts';
export { default as ChipMark } from './ChipMark.svelte';
export { default as Figure } from './Figure.svelte';
export { default as Legend } from './Legend.svelte';
export { default as Picture } from './Picture.svelte';
export { reorder } from './reorder.ts';
export { default as Target } from './Target.svelte';

// Colours by meaning, type, and the room that words take:

export { attention, categorical, diverging, halo, mono, monoWidth, objectives, palette, sans } from './palette.ts';
export { counted, listed, percent } from './table.ts';
export { chanceText, clip, lettersIn, widthOf, wrap } from './text.ts';

// Where things lie:

export { layoutChips } from './chip-layout.ts';
export { spread } from './labels.ts';
export { arcPath, cellsPath, describePattern, describeRow, labelAt, layoutMatrix, tabulatePattern } from './matrix.ts';
export { numericScale, shortNumber, type Tick, ticksOf } from './scales.ts';
