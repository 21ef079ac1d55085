import { addDays, type Day } from '../../../domain/values/days/calendar.js';

/** So many days by the week, in order; the last one is `to`. */
export function weeksUpTo(to: Day, weeks: number): Day[] {
  return Array.from({ length: weeks }, (_, index) => addDays(to, -7 * (weeks - 1 - index)));
}

/** Letters of lights by rank: none, blue, yellow, red. */
const letters = ['g', 'b', 'y', 'r'] as const;

/** The light of a project day by day, as a letter and the number of its repetitions: `g6y19r2`. */
export class LightRuns {
  private text = '';
  private last = '';
  private count = 0;

  /** @param rank 0 for none, then blue, yellow, red; undefined where the project was not registered yet */
  add(rank: number | undefined): void {
    const letter = rank === undefined ? '-' : (letters[rank] ?? '-');
    if (letter === this.last) this.count += 1;
    else {
      this.end();
      this.last = letter;
      this.count = 1;
    }
  }

  /** The runs so far; empty for a project that was registered on none of the days. */
  words(): string {
    this.end();
    return /[a-z]/.test(this.text) ? this.text : '';
  }

  private end(): void {
    if (this.count > 0) this.text += `${this.last}${this.count}`;
    this.count = 0;
    this.last = '';
  }
}
