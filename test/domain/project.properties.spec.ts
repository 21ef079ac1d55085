import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Command } from '../../domain/project/commands.js';
import { eventAlone } from '../../domain/project/decide-alone.js';
import type { ProjectEvent } from '../../domain/project/events.js';
import { facts } from '../../domain/project/facts/facts.js';
import {
  decide,
  emptyProject,
  isLive,
  type Project,
  projectBefore,
  replay,
  type Said,
} from '../../domain/project/project.js';
import { lastLike, sayingHash } from '../../domain/project/same-again.js';
import { CommandRejected } from '../../domain/values/rejections.js';
import { historyArbitrary } from '../support/arbitraries.js';
import { type History, historyOf } from '../support/histories.js';
import { type NaiveSaid, naiveLastLike } from '../support/naive-last-like.js';
import { newEvents } from '../support/new-events.js';

const runs = { numRuns: 150 };
const secondId = (id: string) => `${id}+`;
const histories = historyArbitrary({ secondId });

/** The decision on each command, with the project before and after it. */
function* decisions({ commands }: History) {
  let before: Project = emptyProject;
  for (const { command, latestDay, id } of commands) {
    const decision = decide(command, before, latestDay);
    const after = withEvents(before, newEvents(decision), id);
    yield { command, latestDay, before, decision, after };
    before = after;
  }
}

function withEvents(project: Project, events: readonly ProjectEvent[], id: string): Project {
  const next = project.status === 'registered' ? project.revision + 1 : 0;
  return replay(
    project,
    events.map((event, index) => ({
      ...event,
      id: index === 0 ? id : secondId(id),
      revision: next + index,
    })),
  );
}

test('the same command again records nothing', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { command, latestDay, after } of decisions(history))
        expect(decide(command, after, latestDay)).toHaveProperty('alreadySaid');
    }),
    runs,
  );
});

test('a decision has no side effect and is repeatable', () => {
  fc.assert(
    fc.property(historyArbitrary({ maxCommands: 20, secondId }), (history) => {
      for (const { command, latestDay, before, decision } of decisions(history)) {
        const seen = JSON.stringify([command, saidIn(before)]);
        expect(decide(command, before, latestDay)).toStrictEqual(decision);
        expect(JSON.stringify([command, saidIn(before)])).toBe(seen);
      }
    }),
    { numRuns: 100 },
  );
});

test('every command to every project is accepted or refused with a reason', () => {
  fc.assert(
    fc.property(histories, historyArbitrary({ project: 'another' }), ({ events }, { commands }) => {
      const project = replay(emptyProject, events);
      for (const { command } of commands) expect(outcomeOf(command, project)).not.toBe('crashed');
    }),
    { numRuns: 100 },
  );
});

test('the fold trusts history: any part of it, in any order, makes a project', () => {
  fc.assert(
    fc.property(
      histories.chain(({ events }) => fc.shuffledSubarray(events)),
      (events) => {
        const project = events.reduce<Project>((project, event) => replay(project, [event]), emptyProject);
        expect(saidIn(project).length).toBe(events.length);
      },
    ),
    runs,
  );
});

test('folding in two halves, one by one or together, gives the same project, and a half is not changed', () => {
  fc.assert(
    fc.property(histories, fc.nat(), ({ events }, cut) => {
      const middle = cut % (events.length + 1);
      const half = replay(emptyProject, events.slice(0, middle));
      const seen = saidIn(half);
      const whole = saidIn(replay(emptyProject, events));
      expect(saidIn(replay(half, events.slice(middle)))).toStrictEqual(whole);
      expect(saidIn(replay(half, events.slice(middle)))).toStrictEqual(whole);
      expect(
        saidIn(events.reduce<Project>((project, event) => replay(project, [event]), emptyProject)),
      ).toStrictEqual(whole);
      expect(saidIn(half)).toStrictEqual(seen);
    }),
    runs,
  );
});

test('the duplicate found equals that of a search of every entry, also in the project of an earlier day', () => {
  fc.assert(
    fc.property(histories, fc.nat(), ({ events }, cut) => {
      const whole = replay(emptyProject, events);
      const half = replay(emptyProject, events.slice(0, cut % (events.length + 1)));
      const earlier = whole.status === 'registered' && events[1] ? projectBefore(whole, last(whole)) : whole;
      for (const project of [whole, half, earlier])
        for (const event of events)
          expect(alreadySays(event, project)?.id).toBe(naiveLastLike(event, saidIn(project))?.id);
    }),
    {
      ...runs,
      // Entered in the statistics register, and cancelled on the same day.
      examples: [[historyOf([0, 3185297928, 1979623026, 3477009571], { secondId }), 0]],
    },
  );
});

test('a decision without the entries equals that of `decide`, unless one of them has its hash', () => {
  let [alone, looked] = [0, 0];
  fc.assert(
    fc.property(histories, (history) => {
      for (const { command, latestDay, before, decision } of decisions(history)) {
        if (!isLive(before)) continue;
        const event = eventAlone(command, { facts, latestDay, today: () => latestDay });
        const isHit = event && [...before.said].some((entry) => sayingHash(entry) === sayingHash(event));
        if (!event || isHit) looked += 1;
        else {
          alone += 1;
          expect(decision).toStrictEqual({ append: [event] });
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(alone).toBeGreaterThan(looked);
  expect(looked).toBeGreaterThan(0);
});

test('a command that is refused, or depends on earlier entries, is not decided without them', () => {
  fc.assert(
    fc.property(histories, historyArbitrary({ project: 'another' }), ({ events }, { commands }) => {
      const project = replay(emptyProject, events);
      if (!isLive(project)) return;
      for (const { command } of commands) {
        const latestDay = '2018-03-01';
        const event = eventAlone(command, { facts, latestDay, today: () => latestDay });
        if (event) expect(() => decide(command, project, latestDay)).not.toThrow();
      }
    }),
    { numRuns: 100 },
  );
});

test('no two plans of a project have the same version, and a withdrawn entry is withdrawn once', () => {
  fc.assert(
    fc.property(histories, ({ events }) => {
      const versions = events.flatMap((event) => (event.type === 'PlanAdopted' ? [event.data.version] : []));
      expect(versions).toEqual(versions.map((_, index) => index + 1));
      const withdrawn = events.flatMap((event) =>
        event.type === 'EntryWithdrawn' ? [event.data.entry] : [],
      );
      expect(new Set(withdrawn).size).toBe(withdrawn.length);
    }),
    runs,
  );
});

test('a project of 20,000 entries is loaded in less than a second', () => {
  const { events } = historyOf(Array.from({ length: 60 }, (_, seed) => seed));
  const [first, ...rest] = events;
  const many = Array.from({ length: 20_000 }, (_, revision) => {
    const event = revision === 0 ? first : rest[revision % rest.length];
    if (!event) throw new Error('The history is empty.');
    return { ...event, id: `entry-${revision}`, revision };
  });
  const started = performance.now();
  expect(replay(emptyProject, many)).toMatchObject({ status: 'registered', revision: 19_999 });
  expect(performance.now() - started).toBeLessThan(1000);
});

/** Every entry of a project, with its withdrawal. */
function saidIn(project: Project): NaiveSaid[] {
  if (project.status === 'unregistered') return [];
  const { said } = project;
  return [...said].map((entry) => ({ ...entry, withdrawnBy: said.withdrawalOf(entry.id)?.id }));
}

function alreadySays(event: ProjectEvent, project: Project): Said | undefined {
  return project.status === 'registered' ? lastLike(event, project.said) : undefined;
}

function last(project: Project & { status: 'registered' }): Said {
  return [...project.said].at(-1) as Said;
}

function outcomeOf(command: Command, project: Project): string {
  try {
    return `${newEvents(decide(command, project, '2030-01-01')).length} events`;
  } catch (error) {
    return error instanceof CommandRejected ? error.reason : 'crashed';
  }
}
