import { type Day, dayNumber } from '../../../../domain/values/days/calendar.js';
import type { Drawing } from '../../use/image-files.js';
import type { Bar } from './schedule-bars.js';

const width = 1200;
const labels = 420;
const rowHeight = 40;
const colours = { plan: '#4dabf7', forecast: '#be4bdb', stall: '#fa5252' };

/** The schedule as an SVG: one bar per row, with labels on the left and days below. */
export function scheduleImage(
  bars: readonly Bar[],
  asOf: Day,
  title: string,
  wordsOf: (day: Day) => string,
  daysOf: (bar: Bar) => string,
): Drawing {
  const first = Math.min(dayNumber(asOf), ...bars.map(({ from }) => dayNumber(from)));
  const last = Math.max(dayNumber(asOf), ...bars.map(({ to }) => dayNumber(to)));
  const place = (day: Day) =>
    labels + ((dayNumber(day) - first) / Math.max(1, last - first)) * (width - labels - 20);
  const height = 60 + bars.length * rowHeight;
  const rows = bars.map((bar, index) => {
    const { kind, name, note, from, to } = bar;
    const top = 50 + index * rowHeight;
    const [start, end] = [place(from), place(to)];
    const days = daysOf(bar);
    // Labels that would overflow on the right are right-aligned.
    const at = start > width - 220 ? `x="${width - 20}" text-anchor="end"` : `x="${start}"`;
    return [
      text(`x="12" y="${top + 13}" font-weight="600"`, cut(name, 52)),
      text(`x="12" y="${top + 29}" font-size="12"`, cut(note, 62)),
      `<rect x="${labels}" y="${top}" width="${width - labels - 20}" height="16" fill="#f1f3f5"/>`,
      `<rect x="${start}" y="${top + 2}" width="${Math.max(4, end - start)}" height="12" fill="${colours[kind]}"/>`,
      text(`${at} y="${top + 29}" font-size="12"`, days),
    ].join('');
  });
  const now = `<line x1="${place(asOf)}" x2="${place(asOf)}" y1="44" y2="${height - 10}" stroke="#2e2e2e" stroke-width="2"/>`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" `,
    `font-family="'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" font-size="14">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text('x="12" y="28" font-size="18" font-weight="600"', `${title} · ${wordsOf(asOf)}`),
    ...rows,
    now,
    '</svg>',
  ].join('');
  return { svg, width, height };
}

function text(attributes: string, words: string): string {
  return `<text ${attributes}>${escaped(words)}</text>`;
}

/** Chinese characters are twice as wide as others. */
function cut(words: string, most: number): string {
  let used = 0;
  let kept = '';
  for (const character of words) {
    used += /[\u2e80-\uffef]/.test(character) ? 2 : 1;
    if (used > most) return `${kept}…`;
    kept += character;
  }
  return kept;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
