import { tinykeys } from 'tinykeys';

/** What the keys of a lesson do. */
export interface LessonKeys {
  readonly turn: (by: 1 | -1) => void;
  readonly togglePresenting: () => void;
  readonly leavePresenting: () => void;
}

/** What uses letters and arrow keys itself while it has the focus. */
const users =
  'input, select, textarea, [contenteditable="true"], [role="slider"], [role="group"] [tabindex], [data-arrows]';

const isUsed = ({ defaultPrevented, target }: KeyboardEvent): boolean =>
  defaultPrevented || (target instanceof Element && target.closest(users) !== null);

/** Arrow keys and a clicker's page keys turn the steps, `p` presents, Escape leaves; returns how to stop listening. */
export function listenForKeys({ turn, togglePresenting, leavePresenting }: LessonKeys): () => void {
  const unlessUsed = (act: () => void) => (event: KeyboardEvent) => {
    if (isUsed(event)) return;
    event.preventDefault();
    act();
  };
  return tinykeys(window, {
    ArrowRight: unlessUsed(() => turn(1)),
    ArrowLeft: unlessUsed(() => turn(-1)),
    PageDown: unlessUsed(() => turn(1)),
    PageUp: unlessUsed(() => turn(-1)),
    p: unlessUsed(togglePresenting),
    Escape: (event) => {
      if (!event.defaultPrevented) leavePresenting();
    },
  });
}
