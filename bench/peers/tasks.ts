import { join } from 'node:path';
import { streamOf } from '../../domain/project/events.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { projectName } from '../generate.js';
import { eventOf, type Shape } from '../site-life.js';
import type { OpenSubject, Subject } from './subject.js';

/** What a subject is to do. */
export type Task =
  /** Appends of so many events each, so many of them in flight; answers events a second. */
  | { kind: 'append'; inFlight: number; eventsEach: number; appends: number; mostSeconds: number }
  /** Reads of a stream of so many events, one after the other; answers milliseconds. */
  | { kind: 'load'; events: number; reads: number }
  /** Answers events a second. */
  | { kind: 'replay'; shape: Shape; mostSeconds: number };

/** What was seen, and how much of it: events answered or handed over. */
export interface Seen {
  value: number;
  events: number;
  /** Appends that were refused, and why the first was. */
  failed?: number;
  because?: string;
}

/** Streams that appends go to in turns. */
const streams = 1_000;
/** What is appended before anything is measured, at most, so that the code is warm. */
const warming = { appends: 2_000, seconds: 3 };

/** Opens a subject of its own in an empty folder, and measures it at a task that it can do. */
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

/** All commands, made before anything is measured. */
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

/** Appends one after the other, so that nothing is on its way when the measurement begins. */
async function warmUp(subject: Subject, commands: readonly Command[]): Promise<void> {
  const end = performance.now() + warming.seconds * 1000;
  for (const { stream, events } of commands) {
    if (performance.now() > end) return;
    await subject.append(stream, events);
  }
}

/** Sends commands, so many at a time, until all are answered or the time is up; what is unanswered then does not count. */
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
