import type { Blocked } from '../../domain/project/events.js';
import { blockedWords } from '../../domain/project/facts/stall-declared.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import { upTo } from '../facts/facts.js';
import type { Line } from '../project/journal.js';
import type { StallEpisode } from '../stalls/episode.js';
import { stallWords } from '../stalls/stall-words.js';
import { type StallFact, Stalls } from '../stalls/stalls.js';
import type { Why } from './not-used.js';
import { daysTerm, dayTerm, todayTerm } from './terms/day-terms.js';
import { exactly } from './terms/exact.js';
import { leaf, nothing, type Term, total } from './terms/term.js';

/** The stalls of a project on a day as terms: how many are open, and how many days each lasts. */
export class ExplainedStalls {
  private readonly episodes: readonly StallEpisode[];

  constructor(
    facts: readonly StallFact[],
    private readonly asOf: Day,
  ) {
    this.episodes = new Stalls(upTo(facts, asOf)).episodesOn(dayNumber(asOf));
  }

  get figures(): string[] {
    const ids = new Set(this.episodes.map(({ stall }) => stall));
    return [
      ...Object.keys(blockedWords).map((blocked) => `stalled:${blocked}`),
      ...[...ids].map((id) => `stall:${id}`),
    ];
  }

  figure(kind: string, about: string): Term | undefined {
    if (kind === 'stalled' && Object.hasOwn(blockedWords, about)) return this.open(about as Blocked);
    return kind === 'stall' ? this.lasting(about) : undefined;
  }

  /** Why an entry does not count; undefined for one that is not about stalls. */
  why({ type }: Line): Why | undefined {
    return type === 'StallDeclared' || type === 'StallCleared' ? { reason: 'other-stall' } : undefined;
  }

  private open(blocked: Blocked): Term {
    const { en, zh } = blockedWords[blocked];
    const of = {
      name: { en: `Open stalls of ${en}`, zh: `未解除的停工/受阻（${zh}）` },
      unit: 'count',
      figure: `stalled:${blocked}`,
    } as const;
    const parts = this.episodes
      .filter(({ status, blocks }) => status === 'open' && blocks.includes(blocked))
      .map((episode) => ({
        term: leaf('stated', exactly(1), { name: nameOf(episode), unit: 'count', entries: episode.entries }),
      }));
    return parts.length > 0 ? total(parts, of) : nothing(0, of);
  }

  /** The days of the last episode of a stall, its first day included. */
  private lasting(stall: string): Term | undefined {
    const episode = this.episodes.findLast((one) => one.stall === stall);
    if (!episode) return undefined;
    const { from, to, clearedOn, entries } = episode;
    const of = { name: nameOf(episode), unit: 'days', figure: `stall:${stall}` } as const;
    const first = dayTerm(from, { en: 'First day', zh: '首日' }, entries.slice(0, 1));
    if (clearedOn !== undefined) {
      const cleared = dayTerm(clearedOn, { en: 'Cleared on', zh: '解除日期' }, entries.slice(-1));
      return daysTerm(cleared, first, of);
    }
    if (from > this.asOf) return nothing(0, { ...of, entries });
    const isOver = to !== undefined && to <= this.asOf;
    const last = isOver ? dayTerm(to, { en: 'Last day', zh: '末日' }, entries) : todayTerm(this.asOf);
    const between = daysTerm(last, first, { name: { en: 'Days after the first', zh: '首日之后的天数' } });
    const itself = leaf('given', exactly(1), {
      name: { en: 'The first day itself', zh: '首日当天' },
      unit: 'days',
    });
    return total([{ term: between }, { term: itself }], of);
  }
}

function nameOf(episode: StallEpisode): Words {
  const { en, zh } = stallWords(episode);
  return { en: `Stall ${episode.stall} (${en})`, zh: `停工/受阻 ${episode.stall}（${zh}）` };
}
