import type { Command, Message } from '../training/protocol.ts';

/** A choice of the reader's that is remembered. */
export interface Habit {
  read(): boolean;
  write(value: boolean): void;
}

/** A choice that is not remembered. */
export const forgetful: Habit = { read: () => false, write: () => undefined };

/** How a run is carried out, which changes none of its numbers: how fast, and whether also where nobody sees it. */
export interface Conduct {
  /** At most so many updates a second; 0: as fast as it goes. */
  pace: number;
  /** Whether it goes on while its page is hidden. */
  goesOn: boolean;
  /** Whether it rests because its page is hidden, or did so until it was seen; the reader's next word ends that. */
  readonly rest: 'now' | 'over' | undefined;
  /** Sends the run on its way. */
  go(command: Command): void;
  /** It shall not go on by itself. */
  stop(): void;
  hear(message: Message): void;
  /**
   * Talks to a session that is new, and listens to the page until the returned function is called. What `isAtWork` is
   * saved where the page may be about to go: left, or hidden, for some browsers say no more than that.
   */
  begin(isAtWork: () => boolean): () => void;
}

const isHidden = (): boolean => typeof document !== 'undefined' && document.visibilityState === 'hidden';

/** `background` remembers whether a run goes on while its page is hidden. */
export function createConduct(send: (command: Command) => void, background: Habit): Conduct {
  let pace = $state(0);
  let goesOn = $state(background.read());
  let rest = $state<Conduct['rest']>();
  /** What sent the run on its way last; undefined where it is to stay. */
  let going: Command | undefined;
  let hasSession = false;

  const tellPace = () => send({ type: 'pace', stepsPerSecond: pace });
  function stop(): void {
    going = undefined;
    rest = undefined;
  }
  function lieDown(): void {
    rest = 'now';
    send({ type: 'pause' });
  }
  function getUp(): void {
    if (rest !== 'now') return;
    rest = 'over';
    if (going) send(going);
  }
  const isToRest = () => isHidden() && !goesOn && going !== undefined;

  return {
    get pace() {
      return pace;
    },
    set pace(stepsPerSecond) {
      pace = stepsPerSecond;
      if (hasSession) tellPace();
    },
    get goesOn() {
      return goesOn;
    },
    set goesOn(value) {
      goesOn = value;
      background.write(value);
    },
    get rest() {
      return rest;
    },
    go(command) {
      going = command;
      rest = undefined;
      send(command);
    },
    stop,
    hear({ type }) {
      if (type === 'failed' || type === 'done') stop();
      // It may have been on its way, or just have halted for a question, when the page was hidden.
      else if (type === 'running' && isToRest()) lieDown();
    },
    begin(isAtWork) {
      hasSession = true;
      if (pace > 0) tellPace();
      const save = () => {
        if (isAtWork()) send({ type: 'save' });
      };
      const onChange = () => {
        if (!isHidden()) getUp();
        else if (isAtWork() && isToRest()) lieDown();
        else save();
      };
      if (typeof document !== 'undefined') {
        document.addEventListener('visibilitychange', onChange);
        addEventListener('pagehide', save);
      }
      return () => {
        hasSession = false;
        stop();
        if (typeof document === 'undefined') return;
        document.removeEventListener('visibilitychange', onChange);
        removeEventListener('pagehide', save);
      };
    },
  };
}
