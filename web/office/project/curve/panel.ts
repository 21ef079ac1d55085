import type { TimeAxis } from '../../parts/time-axis.js';

/** A part of the picture with a scale of its own, on the common days. */
export interface Panel {
  axis: TimeAxis;
  /** The left end of the days, in pixels. */
  left: number;
  width: number;
  top: number;
  height: number;
  /** The right end of the picture. */
  right: number;
}

/** A line through points, as the path of an SVG. */
export function pathOf(places: readonly (readonly [number, number])[]): string {
  return places.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** Dots, as one path whose line has round ends. */
export function dotsOf(places: readonly (readonly [number, number])[]): string {
  return places.map(([x, y]) => `M${round(x)} ${round(y)}h0`).join('');
}

export function round(place: number): number {
  return Math.round(place * 10) / 10;
}
