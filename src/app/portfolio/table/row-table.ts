import type { Cursor } from './row-cursor.js';
import { recordBytes, Segment, segmentBits, segmentMask, segmentSize } from './segment.js';
import type { TableRow } from './table-row.js';
import type { TranslatedTerms } from './terms.js';

/**
 * The data of every project's totals, for any point of both clocks: records in typed arrays, those of one project
 * adjacent in the order (day, position).
 *
 * A record is valid from its day on until the next record of its project, as known from its position on. At a point the
 * last record of the project with day and position not after it applies, so that reading many projects is one pass over
 * adjacent numbers (docs/decisions/0030).
 */
export class RowTable {
  private readonly segments: Segment[] = [];
  /** By project: the first record, their number, and the capacity. */
  private starts = new Uint32Array(1024);
  private counts = new Uint32Array(1024);
  private rooms = new Uint32Array(1024);
  private projectCount = 0;
  private used = 0;
  /** Freed blocks, by capacity. */
  private readonly free = new Map<number, number[]>();

  /** The number of projects; they are numbered from 0. */
  get projects(): number {
    return this.projectCount;
  }

  /** Adds a project, and returns its number. */
  add(): number {
    if (this.projectCount === this.starts.length) {
      this.starts = doubled(this.starts);
      this.counts = doubled(this.counts);
      this.rooms = doubled(this.rooms);
    }
    return this.projectCount++;
  }

  countOf(project: number): number {
    return this.counts[project] ?? 0;
  }

  /**
   * Inserts a record in the order (day, position), and returns its rank among those of its project.
   *
   * One equal to its predecessor is omitted, since that one still applies: then it returns their number.
   */
  put(project: number, line: TableRow): number {
    const count = this.countOf(project);
    const rank = this.rankFor(project, count, line);
    one.set(0, line);
    if (rank > 0) {
      const { segment, at } = this.place(project);
      if (segment.says(at + rank - 1, one)) return count;
    }
    if (count === (this.rooms[project] ?? 0)) this.move(project, count);
    const { segment, at } = this.place(project);
    segment.shift(at + rank, at + count);
    segment.copy(one, 0, at + rank, 1);
    this.counts[project] = count + 1;
    return rank;
  }

  /** Days of a project's records after a day, unique and sorted. */
  daysAfter(project: number, day: number): number[] {
    const { segment, at } = this.place(project);
    const days: number[] = [];
    for (let index = at + this.countOf(project) - 1; index >= at && (segment.days[index] ?? 0) > day; index--)
      if (segment.days[index] !== days.at(-1)) days.push(segment.days[index] ?? 0);
    return days.reverse();
  }

  /**
   * Inserts records of one position, which is after all positions so far, in one pass.
   *
   * @param lines in the order of their days
   * @returns the rank of the first changed record
   */
  putAll(project: number, lines: readonly TableRow[]): number {
    const [first] = lines;
    const count = this.countOf(project);
    if (!first) return count;
    if (lines.length === 1) return this.put(project, first);
    const begin = this.rankFor(project, count, first);
    const { segment, at } = this.place(project);
    const merged = new Segment(count - begin + lines.length);
    let length = 0;
    let rank = begin;
    const goOn = (until: number) => {
      for (; rank < count && (segment.days[at + rank] ?? 0) <= until; rank++)
        merged.copy(segment, at + rank, length++, 1);
    };
    for (const line of lines) {
      goOn(line.day);
      one.set(0, line);
      const isSaid =
        length > 0 ? merged.says(length - 1, one) : begin > 0 && segment.says(at + begin - 1, one);
      if (!isSaid) merged.copy(one, 0, length++, 1);
    }
    goOn(Number.POSITIVE_INFINITY);
    this.replace(project, begin, merged, length);
    return begin;
  }

  /** Drops past knowledge: only the last record of each day stays, and of equal ones the first. */
  compact(project: number): void {
    const count = this.countOf(project);
    const { segment, at } = this.place(project);
    const kept = new Segment(count);
    let length = 0;
    for (let rank = 0; rank < count; rank++) {
      const isLastOfDay = rank + 1 === count || segment.days[at + rank + 1] !== segment.days[at + rank];
      if (!isLastOfDay) continue;
      one.copy(segment, at + rank, 0, 1);
      if (length === 0 || !kept.says(length - 1, one)) kept.copy(one, 0, length++, 1);
    }
    this.replace(project, 0, kept, length);
  }

  /** Replaces the records of a project from a rank on. */
  private replace(project: number, from: number, records: Segment, length: number): void {
    const count = from + length;
    if (count > (this.rooms[project] ?? 0)) this.move(project, from, count);
    const { segment, at } = this.place(project);
    segment.copy(records, 0, at + from, length);
    this.counts[project] = count;
  }

  /** Sets a cursor on the record that applies to a project at a point; false if there is none. */
  find(project: number, day: number, position: number, cursor: Cursor): boolean {
    const count = this.counts[project] ?? 0;
    if (count === 0) return false;
    const start = this.starts[project] ?? 0;
    const segment = this.segments[start >>> segmentBits] as Segment;
    const first = start & segmentMask;
    const { days, positions } = segment;
    let last = first + count - 1;
    // In a long history later days are skipped by binary search.
    for (let low = first; last - low > 16; ) {
      const middle = (low + last) >>> 1;
      if ((days[middle] as number) > day) last = middle;
      else low = middle;
    }
    for (let index = last; index >= first; index--) {
      if ((days[index] as number) > day || (positions[index] as number) > position) continue;
      cursor.segment = segment;
      cursor.index = index;
      return cursor.exists;
    }
    return false;
  }

  /** The records of a project from a rank (inclusive) to another (exclusive), as bytes. */
  bytesOf(project: number, from: number, to: number): Uint8Array {
    const { segment, at } = this.place(project);
    return segment.bytes(at + from, at + to);
  }

  /**
   * Appends records, given as bytes, to those of a project.
   *
   * @throws RangeError they are incomplete records, or of no project
   */
  load(project: number, bytes: Uint8Array): void {
    const count = bytes.length / recordBytes;
    if (!Number.isInteger(count) || project >= this.projectCount)
      throw new RangeError(
        `${bytes.length} bytes of project ${project}; expected records of ${recordBytes} bytes`,
      );
    const before = this.countOf(project);
    if (before + count > (this.rooms[project] ?? 0)) this.move(project, before, before + count);
    const { segment, at } = this.place(project);
    segment.fill(at + before, bytes);
    this.counts[project] = before + count;
  }

  /** Replaces the numbers of the terms in the records of a project by those of another table. */
  renumber(project: number, terms: TranslatedTerms): void {
    const { segment, at } = this.place(project);
    for (let index = at; index < at + this.countOf(project); index++) segment.renumber(index, terms);
  }

  clear(project: number): void {
    this.counts[project] = 0;
  }

  private rankFor(project: number, count: number, line: TableRow): number {
    if (count === 0) return 0;
    const { segment, at } = this.place(project);
    let rank = count;
    while (rank > 0 && isBehind(segment, at + rank - 1, line)) rank -= 1;
    return rank;
  }

  private place(project: number): { segment: Segment; at: number } {
    const start = this.starts[project] ?? 0;
    return { segment: this.segments[start >>> segmentBits] as Segment, at: start & segmentMask };
  }

  /** Moves the records of a project to a larger block. */
  private move(project: number, count: number, needed = count + 1): void {
    const old = { room: this.rooms[project] ?? 0, start: this.starts[project] ?? 0 };
    const room = roomFor(needed);
    const start = this.free.get(room)?.pop() ?? this.allocate(room);
    const to = this.segments[start >>> segmentBits] as Segment;
    if (count > 0) {
      const from = this.segments[old.start >>> segmentBits] as Segment;
      to.copy(from, old.start & segmentMask, start & segmentMask, count);
    }
    this.starts[project] = start;
    this.rooms[project] = room;
    if (old.room === 0) return;
    const places = this.free.get(old.room);
    if (places) places.push(old.start);
    else this.free.set(old.room, [old.start]);
  }

  private allocate(room: number): number {
    if (room > segmentSize)
      throw new RangeError(`A project has ${room} lines; expected at most ${segmentSize}`);
    const isFull =
      (this.used & segmentMask) + room > segmentSize || this.used >>> segmentBits >= this.segments.length;
    if (isFull) {
      this.used = this.segments.length << segmentBits;
      this.segments.push(new Segment());
    }
    const start = this.used;
    this.used += room;
    return start;
  }
}

/** A record to be inserted. */
const one = new Segment(1);

function isBehind(segment: Segment, index: number, { day, position }: TableRow): boolean {
  const other = segment.days[index] as number;
  return other > day || (other === day && (segment.positions[index] as number) > position);
}

/** 4, 6, 8, 12, 16, 24 ...: at most a third stays empty. */
function roomFor(count: number): number {
  let room = 4;
  while (room < count) room = Math.log2(room) % 1 === 0 ? room * 1.5 : (room / 3) * 4;
  return room;
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(array.length * 2);
  longer.set(array);
  return longer;
}
