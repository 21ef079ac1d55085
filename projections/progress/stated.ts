import { type About, coverageOf, type Figure, figureOf, highFrom, isStated, type Origin } from './figures.js';
import type { Grown } from './found.js';
import { Implied } from './implied.js';
import { holding } from './own.js';
import type { Reading } from './reading.js';
import type { Record } from './record.js';
import { aboutOf, keyOf, nodeAt, nodeOf, project } from './tree.js';

/** An item or step that no plan in force names, by its own statements. */
export interface Unplanned extends About, Pick<Figure, 'low' | 'point' | 'high'> {
  /** The last entry on it. */
  by: string;
}

/** The figures of a project by the end of a day. */
export abstract class Stated {
  constructor(protected readonly record: Record) {}

  protected abstract reading(): Reading;

  /** What was stated of the project, an item or a step, with what lies below it, by the end of the latest day. */
  figure(about: About = {}): Figure | undefined {
    return this.figureOf(keyOf(about));
  }

  /** The same of a node by its key. */
  figureOf(key: string): Figure | undefined {
    const reading = this.reading();
    const node = nodeOf(reading.tree, key);
    return node && figureOf(reading, node);
  }

  /** The low of an item by what was stated, in basis points, not rounded; undefined for what the plan does not name. */
  low(item: string): number | undefined {
    const reading = this.reading();
    const node = nodeOf(reading.tree, item);
    return node && reading.low(node);
  }

  /** The high, likewise. */
  high(item: string): number | undefined {
    const reading = this.reading();
    const node = nodeOf(reading.tree, item);
    return node && reading.high(node);
  }

  /** Where that high comes from; null if nothing that was stated limits it. */
  highFrom(key: string): Origin {
    const reading = this.reading();
    const node = nodeOf(reading.tree, key);
    return node ? highFrom(reading, node) : null;
  }

  /**
   * The same with what statements imply of items of which nothing was said.
   *
   * @param isProductionBlocked an open stall rules out an item of the stage `in-production` of which nothing was said
   */
  implied(isProductionBlocked: boolean): Implied {
    return new Implied(this.reading(), isProductionBlocked);
  }

  /** True if something was stated of an item itself, or of a step of it. */
  isStated(item: string): boolean {
    const reading = this.reading();
    const node = nodeOf(reading.tree, item);
    return node !== undefined && isStated(reading, node);
  }

  /** The share of the weights for which something was stated, 0 to 1; a group with a statement of its own counts whole. */
  coverage(): number {
    const reading = this.reading();
    return coverageOf(reading, nodeAt(reading.tree, project));
  }

  /** Items and steps with statements that the plan in force does not name, in the order of their first statement. */
  unplanned(): Unplanned[] {
    const { states } = this.record;
    const { tree, day } = this.reading();
    const found: Unplanned[] = [];
    for (const key of states.keys()) {
      const own = tree.places.has(key) ? null : holding(states.at(key, day));
      if (own?.lastBy != null)
        found.push({
          ...aboutOf(key),
          low: own.low,
          point: own.point ?? own.low,
          high: own.high,
          by: own.lastBy,
        });
    }
    return found;
  }

  /** The totals that grew. */
  get grown(): readonly Grown[] {
    const { day } = this.reading();
    return this.record.grown.slice().filter((one) => one.day <= day);
  }
}

/** The figures by the end of an earlier day than the latest one. */
export class StatedOnDay extends Stated {
  constructor(
    record: Record,
    private readonly day: number,
  ) {
    super(record);
  }

  protected override reading(): Reading {
    return this.record.readingAt(this.day);
  }
}
