import type { StageProps } from '../../stages.ts';
import { createTape } from '../../tape.svelte.ts';
import { labelsOf, pairToolsOf, playPair } from '../shared/pair.ts';

/**
 * A pair played to the end of its tape, whatever is shown of it. To be called while a component is set up, with what
 * gives its props, for they change.
 */
export function createJudged(props: () => StageProps) {
  const tools = $derived(pairToolsOf(props().lab.run, props().data));
  const tape = createTape(
    () => props().start,
    (state) => playPair({ ...state, at: undefined }, tools),
    (state) => props().onchange?.(state),
  );
  const sides = $derived(labelsOf(tools.pairing));
  return {
    tape,
    get tools() {
      return tools;
    },
    /** What the two answers are called: that B follows, that it does not. */
    get sides() {
      return sides;
    },
  };
}
