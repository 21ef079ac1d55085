import type { Reach } from '../../../domain/access/scope.js';
import type { AlertFilter, AlertHappening } from '../../app/alerts/alerts.js';
import { fits } from '../../app/alerts/order.js';
import type { Caller } from '../access/caller.js';
import { everyAnswer, type OpenAnswer } from '../server/fastify-types.js';
import { frameOf, retryFrame, type StreamLanguage } from './frames.js';

/** A reader's request. */
export interface StreamAsked {
  filter: AlertFilter;
  language: StreamLanguage;
  /** From `Last-Event-ID` or `after`; from now on when absent. */
  place?: string;
  /** Who reads. */
  caller: Caller;
  /** By what the requests of the caller are counted; absent for those that are not. */
  key?: string;
}

/** One open stream: its reader and position. */
export class AlertReader {
  readonly caller: Caller;
  readonly key: string | undefined;
  /** Readers of one kind, who see the same, share serialized events. */
  kind = '';
  private within: Reach | undefined;
  readonly filter: AlertFilter;
  private readonly language: StreamLanguage;
  isLive = false;
  private parts = 0;
  private partsAtBeat = -1;

  /**
   * @param at position of the last event sent
   * @param beatsLeft heartbeats until it ends
   * @param retryMs reconnection time
   */
  constructor(
    private readonly answer: OpenAnswer,
    { filter, language, caller, key }: StreamAsked,
    public at: number,
    private beatsLeft: number,
    private readonly retryMs: number,
  ) {
    this.filter = filter;
    this.language = language;
    this.caller = caller;
    this.key = key;
    this.see(undefined);
  }

  /** Sets where the reader may read now; undefined for the whole installation. */
  see(within: Reach | undefined): void {
    if (within === this.within && this.kind !== '') return;
    this.within = within;
    this.kind = JSON.stringify([this.language, Object.entries(this.filter).sort(), within ?? 'everywhere']);
  }

  /** Sends the head of the answer, and the reconnection time and place; the place is omitted if it is sent otherwise. */
  begin(place: number | undefined): void {
    // Without a length and without chunks the stream ends with its connection, and a frame is one write.
    this.answer.removeHeader('transfer-encoding');
    this.answer.writeHead(200, {
      ...everyAnswer,
      'content-type': 'text/event-stream',
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    this.answer.write(retryFrame(this.retryMs, place));
  }

  /** Bytes buffered in this process. */
  get pendingBytes(): number {
    return this.answer.writableLength;
  }

  send(bytes: Buffer): void {
    this.answer.write(bytes);
  }

  /** Sends a part of the missed events, and calls back once it has left. */
  sendPart(bytes: Buffer, done: () => void): void {
    this.parts += 1;
    this.answer.write(bytes, done);
  }

  /**
   * The events to send: matching, within reach and not sent yet.
   *
   * @param isReached whether the project of an alert is in some areas
   */
  framesOf(
    happenings: readonly AlertHappening[],
    isReached: (alert: AlertHappening['alert'], within: Reach) => boolean,
  ): Buffer {
    const { within } = this;
    const fresh = happenings.filter(
      ({ event, alert }) =>
        event.position > this.at && fits(alert, this.filter) && (!within || isReached(alert, within)),
    );
    return Buffer.concat(fresh.map((happening) => frameOf(happening, this.language)));
  }

  /**
   * Counts a heartbeat, and returns whether the stream continues: not at the end of its lifetime, nor when no part has
   * left since the last one.
   */
  beat(): 'goes-on' | 'over' | 'stuck' {
    const isStuck = !this.isLive && this.parts === this.partsAtBeat;
    this.partsAtBeat = this.parts;
    this.beatsLeft -= 1;
    if (isStuck) return 'stuck';
    return this.beatsLeft > 0 ? 'goes-on' : 'over';
  }

  /** Ends the stream once buffered data have left. */
  end(): void {
    this.answer.end(retryFrame(this.retryMs));
  }

  /** Ends the stream immediately; buffered data are lost to it, and sent again after the reconnect. */
  cut(): void {
    this.answer.destroy();
  }
}
