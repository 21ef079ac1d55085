import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Refusal } from './protocol.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** A queue of answers that wait for the caller, at most `room` of them, as in the server's own channel. */
export class Outbox {
  private readonly call: ReadCall;
  private readonly isSilent: () => boolean;
  private readonly waiting: ReadResp[] = [];
  private readonly room: number;
  private readonly ending = Promise.withResolvers<void>();
  private wake = Promise.withResolvers<void>();
  private taken = Promise.withResolvers<void>();
  private end: Refusal | 'done' | undefined;
  isOver = false;

  constructor(call: ReadCall, isSilent: () => boolean, room = 32) {
    this.call = call;
    this.isSilent = isSilent;
    this.room = room;
    call.on('cancelled', () => this.over());
    call.on('close', () => this.over());
    call.on('error', () => this.over());
    void this.pump();
  }

  /** Resolves when the call has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.ending.promise;
  }

  /** Queues an answer; resolves when there is room for the next one or the call is over. */
  async put(answer: ReadResp): Promise<void> {
    if (this.isOver || this.end) return;
    this.waiting.push(answer);
    this.wake.resolve();
    while (this.waiting.length >= this.room && !this.isOver) await this.taken.promise;
  }

  /** Ends the call after queued answers are sent, successfully or with a refusal. */
  finish(end: Refusal | 'done'): void {
    this.end ??= end;
    this.wake.resolve();
  }

  private async pump(): Promise<void> {
    while (!this.isOver) {
      if (this.isSilent()) {
        await Promise.race([new Promise((resume) => setTimeout(resume, 10)), this.ended]);
        continue;
      }
      const answer = this.waiting.shift();
      if (answer) {
        this.taken.resolve();
        this.taken = Promise.withResolvers();
        if (!this.call.write(answer)) await Promise.race([this.drained(), this.ended]);
      } else if (this.end) {
        if (this.end === 'done') this.call.end();
        else this.call.emit('error', this.end);
        this.over();
      } else {
        this.wake = Promise.withResolvers();
        await Promise.race([this.wake.promise, this.ended]);
      }
    }
  }

  private drained(): Promise<void> {
    return new Promise((drained) => this.call.once('drain', drained));
  }

  private over(): void {
    this.isOver = true;
    this.waiting.length = 0;
    this.taken.resolve();
    this.ending.resolve();
  }
}
