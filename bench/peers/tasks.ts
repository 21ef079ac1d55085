import { join } from 'node:path';
import { streamOf } from '../../domain/project/events.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { projectName } from '../generate.js';
import { eventOf, type Shape } from '../site-life.js';
import type { OpenSubject, Subject } from './subject.js';

/** A task of a subject. */
export type Task =
  /** Appends of a given size and concurrency; returns events per second. */
  | { kind: 'append'; inFlight: number; eventsEach: number; appends: number; mostSeconds: number }
  /** Sequential reads of a stream of a given length; returns milliseconds. */
  | { kind: 'load'; events: number; reads: number }
  /** Returns events per second. */
  | { kind: 'replay'; shape: Shape; mostSeconds: number };

/** The result, and its extent: events answered or delivered. */
export interface Seen {
  value: number;
  events: number;
  /** The number of refused appends, and the reason of the first. */
  failed?: number;
  because?: string;
}

/** Streams that appends go to in turn. */
const streams = 1_000;
/** Maximum warm-up appends before the measurement. */
const warming = { appends: 2_000, seconds: 3 };

/** Opens a subject in an empty folder, and measures one of its tasks. */
export async function perform(task: Task, open: OpenSubject, folder: string): Promise<Seen> {
  const subject = await open(join(folder, 'store'));
  switch (task.kind) {
    case 'append':
      return appendRate(subject, task);
    case 'load':
      return loadTime(subject, task);
    case 'replay': {
      const replayed = await subject.replay?.(task.shape, task.mostSeconds);
      if (!replayed) throw new Error('it has no replay');
      return { value: replayed.events / replayed.seconds, events: replayed.events };
    }
  }
}

async function appendRate(subject: Subject, task: Extract<Task, { kind: 'append' }>): Promise<Seen> {
  const { eventsEach, inFlight, appends, mostSeconds } = task;
  const warm = commandsOf('warm', Math.min(warming.appends, appends), eventsEach);
  await warmUp(subject, warm);
  const { answered, seconds, failed, because } = await appendAll(
    subject,
    commandsOf('project', appends, eventsEach),
    inFlight,
    mostSeconds,
  );
  const events = answered * eventsEach;
  return { value: events / seconds, events, failed, because };
}

interface Command {
  stream: string;
  events: NewEvent[];
}

/** All commands, prepared before the measurement. */
function commandsOf(name: string, appends: number, eventsEach: number): Command[] {
  const shape = { projects: 2 * streams, eventsEach: Math.ceil(appends / streams) * eventsEach };
  const first = name === 'warm' ? streams : 0;
  return Array.from({ length: appends }, (_, number) => {
    const project = first + (number % streams);
    const from = Math.floor(number / streams) * eventsEach;
    const events = Array.from({ length: eventsEach }, (_, i) => eventOf(shape, project, from + i));
    return { stream: streamOf(projectName(project)), events };
  });
}

/** Appends sequentially, so that nothing is in flight when the measurement starts. */
async function warmUp(subject: Subject, commands: readonly Command[]): Promise<void> {
  const end = performance.now() + warming.seconds * 1000;
  for (const { stream, events } of commands) {
    if (performance.now() > end) return;
    await subject.append(stream, events);
  }
}

/** Sends commands with a fixed concurrency, until all are answered or the time is up; unanswered ones do not count. */
async function appendAll(
  subject: Subject,
  commands: readonly Command[],
  inFlight: number,
  mostSeconds: number,
) {
  let answered = 0;
  let failed = 0;
  let because: string | undefined;
  let next = 0;
  const started = performance.now();
  const passed = () => (performance.now() - started) / 1000;
  const hand = async () => {
    while (next < commands.length && passed() < mostSeconds) {
      const { stream, events } = commands[next++] as Command;
      try {
        await subject.append(stream, events);
        answered += 1;
      } catch (error) {
        failed += 1;
        because ??= String((error as Error)?.message ?? error);
      }
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, mostSeconds * 1000);
  });
  await Promise.race([Promise.all(Array.from({ length: inFlight }, hand)), timeUp]);
  clearTimeout(timer);
  return { answered, seconds: passed(), failed, because };
}

async function loadTime(subject: Subject, { events, reads }: Extract<Task, { kind: 'load' }>): Promise<Seen> {
  const shape = { projects: 1, eventsEach: events };
  const stream = streamOf(projectName(0));
  const all = Array.from({ length: events }, (_, i) => eventOf(shape, 0, i));
  for (let from = 0; from < events; from += 100) await subject.append(stream, all.slice(from, from + 100));
  const times: number[] = [];
  for (let read = 0; read < 2 * reads; read += 1) {
    const started = performance.now();
    const count = await subject.load?.(stream);
    if (count !== events) throw new Error(`it gave ${count} of ${events} events`);
    // The first half warms up.
    if (read >= reads) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { value: times[times.length >> 1] ?? Number.NaN, events };
}
