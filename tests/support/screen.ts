import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onPath } from './programs.ts';

/** A display to draw on. */
export interface Screen {
  /** What a program's environment must hold to draw there. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Xvfb, which draws into memory; undefined where it is not installed. */
export const virtualScreen = (): string | undefined => onPath(['Xvfb'])[0];

/** Whether somebody's desktop is there to draw on. */
export const hasDesktop = (): boolean => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The number of the display that an Xvfb found free: it says it on its third channel once it is ready. */
async function displayOf(server: ChildProcess): Promise<string> {
  const lines = createInterface({ input: server.stdio[3] as NodeJS.ReadableStream });
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with code ${code} before it was ready.`);
  });
  const [number] = await Promise.race([once(lines, 'line'), failed]);
  lines.close();
  return `:${number}`;
}

/** Opens a screen of its own; it lasts no longer than this process. */
export async function openScreen(program: string): Promise<Screen> {
  const size = ['-screen', '0', '1440x900x24'];
  const server = spawn(program, ['-displayfd', '3', '-nolisten', 'tcp', ...size], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const end = () => server.kill();
  process.once('exit', end);
  const display = await displayOf(server);
  return {
    // A desktop that is there may not be drawn on instead.
    env: { DISPLAY: display, WAYLAND_DISPLAY: '', MOZ_ENABLE_WAYLAND: '0' },
    async close() {
      process.off('exit', end);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, 'exit');
      end();
      await gone;
    },
  };
}
