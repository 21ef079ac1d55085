import { Presets, SingleBar } from 'cli-progress';
import type { Words } from '../../../domain/values/words.js';
import type { Language, Terminal } from '../terminal.js';
import { either } from './words.js';

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
 * @param unit what is counted, such as events
 * @param clock monotonic, in milliseconds
 */
export function startProgress(
  terminal: Terminal,
  title: Words,
  unit: Words,
  clock = () => performance.now(),
): Progress {
  if (!terminal.progressOn) return { show: () => undefined, stop: () => undefined };
  const { language } = terminal;
  const style = {
    stream: terminal.progressOn,
    clearOnComplete: true,
    linewrap: true,
  };
  const bar = new SingleBar(
    { ...style, format: `${title[language]} {share}{figures}` },
    Presets.shades_classic,
  );
  const began = clock();
  return {
    show(done, of) {
      if (!bar.isActive) bar.start(1, 0, { share: '', figures: '' });
      const share =
        of === undefined ? '' : `${drawn(done, of)} ${Math.floor((100 * done) / Math.max(of, 1))} % · `;
      bar.update(done, { share, figures: figures(done, of, clock() - began, unit[language], language) });
    },
    stop: () => bar.stop(),
  };
}

function drawn(done: number, of: number): string {
  const full = Math.min(barCells, Math.floor((barCells * done) / Math.max(of, 1)));
  return '█'.repeat(full) + '░'.repeat(barCells - full);
}

/** `5 s left · 600 a second · 1,200 of 4,000 lines`, shortened from the end on a narrow terminal. */
export function figures(
  done: number,
  of: number | undefined,
  elapsedMs: number,
  unit: string,
  language: Language,
): string {
  const whole = (n: number) => Math.round(n).toLocaleString('en-US');
  const rate = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const left = rate > 0 && of !== undefined ? [leftWords((of - done) / rate, language)] : [];
  const speed = rate > 0 ? [either(language, `${whole(rate)} a second`, `每秒 ${whole(rate)}`)] : [];
  const amount =
    of === undefined
      ? `${whole(done)} ${unit}`
      : either(language, `${whole(done)} of ${whole(of)} ${unit}`, `${whole(done)}/${whole(of)} ${unit}`);
  return [...left, ...speed, amount].join(' · ');
}

function leftWords(seconds: number, language: Language): string {
  const time = duration(seconds, language);
  return either(language, `${time} left`, `剩余 ${time}`);
}

/** Seconds as `45 s`, `3 min 20 s` or `2 h 5 min`. */
export function duration(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (whole < 60) return either(language, `${whole} s`, `${whole} 秒`);
  if (whole < 3600)
    return either(language, `${minutes} min ${whole % 60} s`, `${minutes} 分 ${whole % 60} 秒`);
  return either(language, `${hours} h ${minutes} min`, `${hours} 小时 ${minutes} 分`);
}
