import { setTimeout as pause } from 'node:timers/promises';
import { uuidOf } from '../../test/support/dice.js';
import type { SiteClient } from './site-client.js';

const projects = 16;

/** A fact that was sent once, and its answer. */
export interface Sending {
  id: string;
  project: string;
  status: number | undefined;
  /** The last part of the problem's type, for a refusal. */
  problem?: string;
  revision?: number;
  position?: number;
  ms: number;
  /** When the answer came, on the clock of `performance.now()`. */
  at: number;
}

/** Inspectors who concurrently log facts about 16 projects, each fact under its own id. */
export class Inspectors {
  readonly sendings: Sending[] = [];
  private sent = 0;
  private isStopped = false;
  private held: Promise<void> | undefined;
  private resume: () => void = () => undefined;
  private underWay = 0;
  private working: Promise<unknown> = Promise.resolve();

  /** @param name prefix of the ids of this run */
  constructor(
    private readonly client: SiteClient,
    private readonly name: string,
  ) {}

  /** Registers the projects. */
  async register(): Promise<void> {
    for (let number = 0; number < projects; number += 1) {
      const answer = await this.client.register(`site-${number}`, uuidOf(`${this.name} project ${number}`));
      if (answer?.status !== 201) throw new Error(`A project was not registered: ${JSON.stringify(answer)}`);
    }
  }

  /** Runs a number of inspectors until stopped; after a refusal they pause briefly, without an answer longer. */
  work(inspectors = 64): void {
    this.working = Promise.all(Array.from({ length: inspectors }, () => this.inspect()));
  }

  /** Stops sending, and resolves when all sent facts are answered. */
  async hold(): Promise<void> {
    this.held ??= new Promise<void>((resolve) => {
      this.resume = resolve;
    });
    while (this.underWay > 0) await pause(2);
  }

  goOn(): void {
    this.held = undefined;
    this.resume();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.goOn();
    await this.working;
  }

  /** Facts answered with 201. */
  get acknowledged(): Sending[] {
    return this.sendings.filter(({ status }) => status === 201);
  }

  private async inspect(): Promise<void> {
    while (!this.isStopped) {
      await this.held;
      const { status } = await this.send();
      if (status !== 201) await pause(status === undefined ? 100 : 30);
    }
  }

  /** Sends the next fact. */
  async send(): Promise<Sending> {
    const number = this.sent++;
    const id = uuidOf(`${this.name} ${number}`);
    const project = `site-${number % projects}`;
    const fact = { type: 'MilestoneReached', item: `work-${number}`, asOf: '2018-06-30' };
    const begun = performance.now();
    this.underWay += 1;
    const answer = await this.client.log(project, id, fact);
    this.underWay -= 1;
    const at = performance.now();
    const { revision, position, type } = answer?.body ?? {};
    const sending: Sending = {
      id,
      project,
      status: answer?.status,
      ...(typeof type === 'string' ? { problem: type.replace('/problems/', '') } : {}),
      ...(answer?.status === 201 ? { revision: Number(revision), position: Number(position) } : {}),
      ms: at - begun,
      at,
    };
    this.sendings.push(sending);
    return sending;
  }
}
