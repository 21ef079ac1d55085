import { type Rule, type Severity, severities } from '../../../domain/governance/rules.js';
import type { Blocked } from '../../../domain/project/events.js';
import { blockedWords, causeWords } from '../../../domain/project/facts/stall-declared.js';
import { daysBetween } from '../../../domain/values/calendar.js';
import { joined, type Words } from '../../../domain/values/words.js';
import type { StallEpisode } from '../../stalls/stalls.js';
import type { Watched } from '../watched.js';
import { counted } from './limits.js';
import type { EvaluateRule, RuleInput } from './rule-input.js';

/** Every open declared stall, from its first day on, with the highest severity among what it blocks. */
export const declaredStall: EvaluateRule = (input, rule) => {
  const open = input.figures.stalls.episodes.filter((episode) => episode.status === 'open');
  return {
    watched: open.map((episode) => watchedStall(episode, rule, input)),
    changesOn: open.map((episode) => episode.from).filter((day) => day > input.on),
  };
};

function watchedStall(episode: StallEpisode, rule: Rule, { on }: RuleInput): Watched {
  const { stall, cause, blocks, from, entries } = episode;
  const blocked = joined(
    blocks.map((part) => blockedWords[part]),
    { en: ', ', zh: '、' },
  );
  const why = causeWords[cause];
  const days = daysBetween(from, on) + 1;
  return {
    rule: 'declared-stall',
    subject: { kind: 'stall', id: stall },
    cause,
    since: from,
    anchor: `stall:${entries.at(-1)} from:${from} ${cause} ${blocks.join('+')}`,
    evidence: entries,
    ...(blocks.includes('works') ? { stopsWorks: true } : {}),
    severity: on < from ? null : mostSerious(rule, blocks),
    isHeld: false,
    reason:
      days < 1
        ? {
            en: `Declared to stand still from ${from} on (${blocked.en}): ${why.en}.`,
            zh: `已申报自 ${from} 起停滞（${blocked.zh}）：${why.zh}。`,
          }
        : {
            en: `Declared to stand still for ${counted(days, 'days')}, since ${from} (${blocked.en}): ${why.en}.`,
            zh: `已申报停滞 ${days} 天，自 ${from} 起（${blocked.zh}）：${why.zh}。`,
          },
    clears: clearsWords(stall, blocks),
  };
}

function mostSerious(rule: Rule, blocks: readonly Blocked[]): Severity | null {
  const reached = new Set(blocks.map((part) => rule.blocks?.[part]));
  return severities.findLast((severity) => reached.has(severity)) ?? null;
}

function clearsWords(stall: string, blocks: readonly Blocked[]): Words {
  const [first = 'works'] = blocks;
  const again = againWords[blocks.includes('works') ? 'works' : first];
  return {
    en: `An entry that the stall "${stall}" is cleared (${again.en}).`,
    zh: `登记停滞“${stall}”已解除（${again.zh}）。`,
  };
}

const againWords: Readonly<Record<Blocked, Words>> = {
  works: { en: 'works resumed', zh: '恢复施工' },
  production: { en: 'nothing holds up production any more', zh: '投产障碍已排除' },
  staffing: { en: 'the staff has been found', zh: '人员已到位' },
};
