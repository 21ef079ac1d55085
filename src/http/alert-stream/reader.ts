import type { AlertFilter, AlertHappening } from '../../app/alerts/alerts.js';
import { everyAnswer, type OpenAnswer } from '../server/fastify-types.js';
import { fits, frameOf, retryFrame, type StreamLanguage } from './frames.js';

/** What a reader asks for. */
export interface StreamAsked {
  filter: AlertFilter;
  language: StreamLanguage;
  /** From `Last-Event-ID` or `after`; from now on when absent. */
  place?: string;
}

/** One open stream: who reads it, and how far they were told. */
export class AlertReader {
  /** Readers of one kind are told the same. */
  readonly kind: string;
  readonly filter: AlertFilter;
  private readonly language: StreamLanguage;
  isLive = false;
  private parts = 0;
  private partsAtBeat = -1;

  /**
   * @param at told up to this position
   * @param beatsLeft heartbeats until it ends
   * @param retryMs after how long it comes back
   */
  constructor(
    private readonly answer: OpenAnswer,
    { filter, language }: StreamAsked,
    public at: number,
    private beatsLeft: number,
    private readonly retryMs: number,
  ) {
    this.filter = filter;
    this.language = language;
    this.kind = JSON.stringify([language, Object.entries(filter).sort()]);
  }

  /** Sends the head of the answer, and when and from where to come back; the place is left out when it is told otherwise. */
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

  /** Bytes that wait in this process. */
  get pendingBytes(): number {
    return this.answer.writableLength;
  }

  send(bytes: Buffer): void {
    this.answer.write(bytes);
  }

  /** Sends a part of what it has to catch up with, and calls back once it has left. */
  sendPart(bytes: Buffer, done: () => void): void {
    this.parts += 1;
    this.answer.write(bytes, done);
  }

  /** What it is sent of some happenings: those that fit and that it was not told yet. */
  framesOf(happenings: readonly AlertHappening[]): Buffer {
    const fresh = happenings.filter(
      (happening) => happening.event.position > this.at && fits(happening, this.filter),
    );
    return Buffer.concat(fresh.map((happening) => frameOf(happening, this.language)));
  }

  /** Notes a heartbeat, and says whether it goes on: not when its life is over, nor when no part left since the last one. */
  beat(): 'goes-on' | 'over' | 'stuck' {
    const isStuck = !this.isLive && this.parts === this.partsAtBeat;
    this.partsAtBeat = this.parts;
    this.beatsLeft -= 1;
    if (isStuck) return 'stuck';
    return this.beatsLeft > 0 ? 'goes-on' : 'over';
  }

  /** Ends the stream once what waits has left. */
  end(): void {
    this.answer.end(retryFrame(this.retryMs));
  }

  /** Ends the stream at once; what waits is lost to it, and told when it comes back. */
  cut(): void {
    this.answer.destroy();
  }
}
