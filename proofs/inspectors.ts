import { setTimeout as pause } from 'node:timers/promises';
import { uuidOf } from '../test/support/dice.js';
import type { SiteClient } from './site-client.js';

const projects = 16;

/** A fact that was sent once, and what was answered. */
export interface Sending {
  id: string;
  project: string;
  status: number | undefined;
  /** The last part of the problem's type, of a refusal. */
  problem?: string;
  revision?: number;
  position?: number;
  ms: number;
  /** When the answer came, on the clock of `performance.now()`. */
  at: number;
}

/** Inspectors who log one fact after the other about 16 projects, all at once, each fact under an id of its own. */
export class Inspectors {
  readonly sendings: Sending[] = [];
  #sent = 0;
  #isStopped = false;
  #held: Promise<void> | undefined;
  #goOn: () => void = () => undefined;
  #underWay = 0;
  #working: Promise<unknown> = Promise.resolve();

  /** @param name makes the ids of this run */
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

  /** Lets so many inspectors work until they are stopped; who is refused waits a little, who is not answered longer. */
  work(inspectors = 64): void {
    this.#working = Promise.all(Array.from({ length: inspectors }, () => this.inspect()));
  }

  /** Keeps them from sending, and resolves when all that they have sent is answered. */
  async hold(): Promise<void> {
    this.#held ??= new Promise<void>((resolve) => {
      this.#goOn = resolve;
    });
    while (this.#underWay > 0) await pause(2);
  }

  goOn(): void {
    this.#held = undefined;
    this.#goOn();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.goOn();
    await this.#working;
  }

  /** What was answered with 201. */
  get acknowledged(): Sending[] {
    return this.sendings.filter(({ status }) => status === 201);
  }

  private async inspect(): Promise<void> {
    while (!this.#isStopped) {
      await this.#held;
      const { status } = await this.send();
      if (status !== 201) await pause(status === undefined ? 100 : 30);
    }
  }

  /** Sends the next fact. */
  async send(): Promise<Sending> {
    const number = this.#sent++;
    const id = uuidOf(`${this.name} ${number}`);
    const project = `site-${number % projects}`;
    const fact = { type: 'MilestoneReached', item: `work-${number}`, asOf: '2018-06-30' };
    const begun = performance.now();
    this.#underWay += 1;
    const answer = await this.client.log(project, id, fact);
    this.#underWay -= 1;
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
