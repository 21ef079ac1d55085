import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from '../terminal.js';

/** A bar with rate and time left, drawn only on a terminal. */
export interface Progress {
  /** Shows that `done` are done, of a total if known. */
  show(done: number, of?: number): void;
  /** Clears it, so that something else can be written; the next `show` draws it again. */
  stop(): void;
}

const barCells = 16;

/**
 * Starts a bar on the terminal; silent without one.
 *
 * @param unit what is counted, such as `events`
 * @param clock monotonic, in milliseconds
 */
export function startProgress(
  terminal: Terminal,
  title: string,
  unit: string,
  clock = () => performance.now(),
): Progress {
  if (!terminal.progressOn) return { show: () => undefined, stop: () => undefined };
  const style = {
    stream: terminal.progressOn,
    clearOnComplete: true,
    linewrap: true,
  };
  const bar = new SingleBar({ ...style, format: `${title} {share}{figures}` }, Presets.shades_classic);
  const began = clock();
  return {
    show(done, of) {
      if (!bar.isActive) bar.start(1, 0, { share: '', figures: '' });
      const share =
        of === undefined ? '' : `${drawn(done, of)} ${Math.floor((100 * done) / Math.max(of, 1))} % · `;
      bar.update(done, { share, figures: figures(done, of, clock() - began, unit) });
    },
    stop: () => bar.stop(),
  };
}

function drawn(done: number, of: number): string {
  const full = Math.min(barCells, Math.floor((barCells * done) / Math.max(of, 1)));
  return '█'.repeat(full) + '░'.repeat(barCells - full);
}

/** `5 s left · 600 a second · 1,200 of 4,000 lines`, shortened from the end on a narrow terminal. */
export function figures(done: number, of: number | undefined, elapsedMs: number, unit: string): string {
  const whole = (n: number) => Math.round(n).toLocaleString('en-US');
  const rate = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const left = rate > 0 && of !== undefined ? [`${duration((of - done) / rate)} left`] : [];
  const speed = rate > 0 ? [`${whole(rate)} a second`] : [];
  const amount = of === undefined ? `${whole(done)} ${unit}` : `${whole(done)} of ${whole(of)} ${unit}`;
  return [...left, ...speed, amount].join(' · ');
}

/** Seconds as `45 s`, `3 min 20 s` or `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
