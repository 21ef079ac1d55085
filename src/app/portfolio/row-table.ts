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

/** One record to insert; days are integers in calendar order, such as 20180710. */
export interface TableRow {
  day: number;
  position: number;
  exists: boolean;
  hasPlan: boolean;
  /** Whether an open stall blocks works, production, staffing. */
  stalled: readonly [works: boolean, production: boolean, staffing: boolean];
  /** Numbers of terms, kept by the owner of the table. */
  place: number;
  stage: number;
  /** 0 without money. */
  money: number;
  amount: number;
  /** The 16 bytes of the id of the entry with the amount. */
  entry: Uint8Array;
  floor: number;
  percent: number;
  ceiling: number;
  contradictions: number;
  /** The days from which the light is at least blue, yellow, red; `never` if it is not. */
  lightFrom: readonly [blue: number, yellow: number, red: number];
}

/** A day after all others. */
export const never = 2 ** 31 - 1;

/** Reads its current record. */
export class Cursor {
  segment = none;
  index = 0;

  get exists(): boolean {
    return (this.flags & 1) !== 0;
  }
  get hasPlan(): boolean {
    return (this.flags & 2) !== 0;
  }
  isStalled(which: 0 | 1 | 2): boolean {
    return (this.flags & (4 << which)) !== 0;
  }
  get place(): number {
    return this.segment.whole[this.index * 14 + 2] as number;
  }
  get stage(): number {
    return this.segment.small[this.index * recordDataBytes + 52] as number;
  }
  get money(): number {
    return this.segment.half[this.index * 28 + 27] as number;
  }
  get amount(): number {
    return this.segment.double[this.index * 7] as number;
  }
  get entry(): Uint8Array {
    const at = this.index * recordDataBytes + 24;
    return this.segment.small.subarray(at, at + 16);
  }
  get floor(): number {
    return this.segment.half[this.index * 28 + 20] as number;
  }
  get percent(): number {
    return this.segment.half[this.index * 28 + 21] as number;
  }
  get ceiling(): number {
    return this.segment.half[this.index * 28 + 22] as number;
  }
  get contradictions(): number {
    return this.segment.whole[this.index * 14 + 12] as number;
  }
  /** 0 for none, then blue, yellow, red. */
  lightOn(day: number): number {
    const at = this.index * 14 + 3;
    const from = this.segment.whole;
    if (day >= (from[at + 2] as number)) return 3;
    if (day >= (from[at + 1] as number)) return 2;
    return day >= (from[at] as number) ? 1 : 0;
  }
  private get flags(): number {
    return this.segment.small[this.index * recordDataBytes + 53] as number;
  }
}

const segmentBits = 16;
const segmentSize = 1 << segmentBits;
const segmentMask = segmentSize - 1;
const recordDataBytes = 56;
const recordBytes = 8 + 4 + recordDataBytes;

/** Adjacent records. Search keys are stored apart from the rest, so that a search reads few bytes. */
class Segment {
  readonly positions: Float64Array;
  readonly days: Int32Array;
  readonly double: Float64Array;
  readonly whole: Uint32Array;
  readonly half: Uint16Array;
  readonly small: Uint8Array;

  constructor(size = segmentSize) {
    this.positions = new Float64Array(size);
    this.days = new Int32Array(size);
    const data = new ArrayBuffer(size * recordDataBytes);
    this.double = new Float64Array(data);
    this.whole = new Uint32Array(data);
    this.half = new Uint16Array(data);
    this.small = new Uint8Array(data);
  }

  set(index: number, line: TableRow): void {
    this.days[index] = line.day;
    this.positions[index] = line.position;
    this.double[index * 7] = line.amount;
    const whole = index * 14;
    this.whole[whole + 2] = line.place;
    this.whole[whole + 3] = line.lightFrom[0];
    this.whole[whole + 4] = line.lightFrom[1];
    this.whole[whole + 5] = line.lightFrom[2];
    this.whole[whole + 12] = line.contradictions;
    const half = index * 28;
    this.half[half + 20] = line.floor;
    this.half[half + 21] = line.percent;
    this.half[half + 22] = line.ceiling;
    this.half[half + 27] = line.money;
    const small = index * recordDataBytes;
    this.small.set(line.entry, small + 24);
    this.small[small + 52] = line.stage;
    const [works, production, staffing] = line.stalled;
    this.small[small + 53] =
      (line.exists ? 1 : 0) |
      (line.hasPlan ? 2 : 0) |
      (works ? 4 : 0) |
      (production ? 8 : 0) |
      (staffing ? 16 : 0);
  }

  /** Moves the records of a range up by one. */
  shift(from: number, to: number): void {
    if (from === to) return;
    this.positions.copyWithin(from + 1, from, to);
    this.days.copyWithin(from + 1, from, to);
    this.small.copyWithin((from + 1) * recordDataBytes, from * recordDataBytes, to * recordDataBytes);
  }

  /** True if a record has the same content as the only one of another segment, ignoring day and position. */
  says(index: number, { small }: Segment): boolean {
    const at = index * recordDataBytes;
    for (let byte = 0; byte < recordDataBytes; byte++)
      if (this.small[at + byte] !== small[byte]) return false;
    return true;
  }

  copy(from: Segment, at: number, to: number, count: number): void {
    this.positions.set(from.positions.subarray(at, at + count), to);
    this.days.set(from.days.subarray(at, at + count), to);
    this.small.set(
      from.small.subarray(at * recordDataBytes, (at + count) * recordDataBytes),
      to * recordDataBytes,
    );
  }

  bytes(from: number, to: number): Uint8Array {
    const count = to - from;
    const bytes = new Uint8Array(count * recordBytes);
    bytes.set(bytesIn(this.positions, from, to), 0);
    bytes.set(bytesIn(this.days, from, to), count * 8);
    bytes.set(this.small.subarray(from * recordDataBytes, to * recordDataBytes), count * 12);
    return bytes;
  }

  fill(at: number, bytes: Uint8Array): void {
    const count = bytes.length / recordBytes;
    bytesIn(this.positions, at, at + count).set(bytes.subarray(0, count * 8));
    bytesIn(this.days, at, at + count).set(bytes.subarray(count * 8, count * 12));
    this.small.set(bytes.subarray(count * 12), at * recordDataBytes);
  }
}

const none = new Segment(0);
/** A record to be inserted. */
const one = new Segment(1);

function bytesIn(array: Float64Array | Int32Array, from: number, to: number): Uint8Array {
  const size = array.BYTES_PER_ELEMENT;
  return new Uint8Array(array.buffer, array.byteOffset + from * size, (to - from) * size);
}

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
