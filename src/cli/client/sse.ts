/** One event of a stream: its type (`message` when none is said) and its data. */
export interface ServerEvent {
  event: string;
  data: string;
  /** The id of the last event that had one, this one included. */
  lastId?: string;
}

/** Reads server-sent events by the rules of the HTML standard (section 9.2.6), however the bytes are cut. */
export class EventReader {
  /** From where to go on after a break. */
  lastId: string | undefined;
  /** After how many milliseconds to come back, if the service said so. */
  retryMs: number | undefined;
  private decoder = new TextDecoder();
  private rest = '';
  private endedInReturn = false;
  private data: string[] = [];
  private event = '';

  /** @param lastId where another reader left off */
  constructor(lastId?: string) {
    this.lastId = lastId;
  }

  /** Forgets what was read of an event that a break has cut; the place stays. */
  startAnew(): void {
    this.decoder = new TextDecoder();
    this.rest = '';
    this.endedInReturn = false;
    this.data = [];
    this.event = '';
  }

  /** The events that are whole with some more bytes. */
  *take(bytes: Uint8Array): Generator<ServerEvent> {
    const text = this.decoder.decode(bytes, { stream: true });
    if (text === '') return;
    // The end of a line may itself be cut: a return was one, and its line feed is none.
    const fresh = this.endedInReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.endedInReturn = text.endsWith('\r');
    const lines = (this.rest + fresh).split(/\r\n|\n|\r/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = line === '' ? this.ended() : this.field(line);
      if (event) yield event;
    }
  }

  private field(line: string): undefined {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.data.push(value);
    else if (name === 'event') this.event = value;
    else if (name === 'id' && !value.includes('\0')) this.lastId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
  }

  private ended(): ServerEvent | undefined {
    const { data, event, lastId } = this;
    this.data = [];
    this.event = '';
    if (data.length === 0) return undefined;
    return { event: event || 'message', data: data.join('\n'), ...(lastId === undefined ? {} : { lastId }) };
  }
}
