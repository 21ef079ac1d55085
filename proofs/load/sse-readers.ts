import { get } from 'node:http';

/** A message to a process of readers. */
export interface ReadersOrder {
  url: string;
  count: number;
  /** One in this many never reads; none if 0. */
  slowOneIn: number;
  /** Reconnects without a last id, as the control. */
  forgetsPlace: boolean;
}

/** The report of a process of readers. */
export interface ReadersFound {
  connected: number;
  /** Positions of each counted reader, joined; readers with equal positions share one text. */
  histories: Record<string, number>;
  /** Ended streams of slow readers. */
  droppedSlow: number;
  /** From the recording of an event to its arrival, a sample of up to 20,000. */
  delaysMs: number[];
}

interface Reader {
  isSlow: boolean;
  isOpen: boolean;
  positions: number[];
  place: string | undefined;
  rest: string;
  /** For a slow reader: starts reading. */
  readOn?: () => void;
}

let order: ReadersOrder | undefined;
let readers: Reader[] = [];
const delaysMs: number[] = [];
let seen = 0;

/** Opens a stream and reopens it when it ends, from the last event. */
function open(reader: Reader, isFirst: boolean): void {
  if (!order) return;
  const resumes = reader.place !== undefined && (isFirst || !order.forgetsPlace);
  const headers = resumes ? { 'last-event-id': String(reader.place) } : {};
  let isOver = false;
  const again = (waitMs: number) => {
    if (isOver) return;
    isOver = true;
    reader.isOpen = false;
    reader.rest = '';
    if (!reader.isSlow) setTimeout(() => open(reader, false), waitMs);
  };
  const request = get(order.url, { headers, agent: false }, (response) => {
    if (response.statusCode !== 200) {
      response.resume();
      again(500);
      return;
    }
    reader.isOpen = true;
    response.on('error', () => again(50));
    response.on('close', () => again(50));
    // A reader that does not read notices the end of the stream only when it resumes.
    if (reader.isSlow) reader.readOn = () => void response.resume();
    else response.setEncoding('latin1').on('data', (text: string) => take(reader, text));
  });
  request.on('error', () => again(200));
}

function take(reader: Reader, text: string): void {
  const blocks = (reader.rest + text).split('\n\n');
  reader.rest = blocks.pop() ?? '';
  for (const block of blocks) {
    const id = /^id: (\d+)$/m.exec(block)?.[1];
    if (id !== undefined) reader.place = id;
    const at = block.indexOf('\ndata: ');
    if (at < 0) continue;
    reader.positions.push(Number(id));
    seen += 1;
    // A sample is enough for percentiles, and leaves the processor to the service.
    if (seen % 50 !== 0 || delaysMs.length >= 20_000) continue;
    const recordedAt = /"recordedAt":"([^"]+)"/.exec(block.slice(at, at + 200))?.[1];
    if (recordedAt !== undefined) delaysMs.push(Date.now() - Date.parse(recordedAt));
  }
}

function found(): ReadersFound {
  const histories: Record<string, number> = {};
  for (const { isSlow, positions } of readers) {
    if (isSlow) continue;
    const history = positions.join();
    histories[history] = (histories[history] ?? 0) + 1;
  }
  return {
    connected: readers.filter(({ isOpen }) => isOpen).length,
    histories,
    droppedSlow: readers.filter(({ isSlow, isOpen }) => isSlow && !isOpen).length,
    delaysMs,
  };
}

process.on('message', (message: { start?: ReadersOrder; readOn?: true }) => {
  if (message.start) {
    order = message.start;
    const { count, slowOneIn } = order;
    readers = Array.from({ length: count }, (_, index) => ({
      isSlow: slowOneIn > 0 && index % slowOneIn === slowOneIn - 1,
      isOpen: false,
      positions: [],
      place: undefined,
      rest: '',
    }));
    // A few at a time, to fit the backlog of the listening socket.
    const openFrom = (index: number) => {
      for (const reader of readers.slice(index, index + 50)) open(reader, true);
      if (index + 50 < readers.length) setTimeout(() => openFrom(index + 50), 20);
    };
    openFrom(0);
  }
  if (message.readOn) for (const { readOn } of readers) readOn?.();
  process.send?.(found());
});
