import type { Alert } from '../../../domain/alerts/alert.js';
import type { Duty, Severity } from '../../../domain/governance/rules.js';
import { dayWords } from '../../../domain/values/day-words.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { sentence, type Words } from '../../../domain/values/words.js';
import type { TakenBack } from '../../project/taken-back.js';
import { lightWords } from '../rules/light-words.js';
import type { Watched } from '../rules/watched.js';
import type { Ending } from './context.js';

/** Why an alert escalates: the day to answer has passed. */
export function climbsWords(alert: Alert, missedOn: Day, to: Severity, duty: Duty): Words {
  const missed = missedWords(alert, missedOn);
  return {
    en: `${missed.en}; it is now ${lightWords[to].en}, and ${duty.words.en}.`,
    zh: `${missed.zh}；现升为${lightWords[to].zh}色，${duty.words.zh}。`,
  };
}

/** Why a top-level alert is repeated: the day to answer has passed, and there is no further step. */
export function staysWords(alert: Alert, missedOn: Day, duty: Duty): Words {
  const missed = missedWords(alert, missedOn);
  const colour = lightWords[alert.severity];
  return {
    en: `${missed.en}; it stays ${colour.en}, and ${duty.words.en}.`,
    zh: `${missed.zh}；仍为${colour.zh}色，${duty.words.zh}。`,
  };
}

/** A reminder: since when it is open, and its subject. */
export function reminderWords({ severity, raisedOn, reason }: Alert): Words {
  return {
    en: `Still ${lightWords[severity].en}, raised on ${dayWords(raisedOn).en}: ${reason.en}`,
    zh: `自 ${dayWords(raisedOn).zh}发出预警，至今仍为${lightWords[severity].zh}色：${reason.zh}`,
  };
}

/** Why an alert is cleared: the watched condition now, or that it is no longer watched. */
export function clearedWords(
  alert: Alert,
  watched: Watched | undefined,
  ending: Ending,
  rulesVersion: number,
): Words {
  const { because } = ending;
  if (because === 'rules') {
    return {
      en: `Version ${rulesVersion} of the rules does not ask for it.`,
      zh: `第 ${rulesVersion} 版规则不再要求此预警。`,
    };
  }
  if (ending.because === 'lexicon') {
    const { lexiconVersion: version } = ending;
    return {
      en: `Version ${version} of the lexicon reads the reported words otherwise.`,
      zh: `第 ${version} 版词表对所报用词另有解释，此预警不再成立。`,
    };
  }
  if (watched) return watched.reason;
  if (because === 'correction') {
    return { en: 'What it rested on was corrected.', zh: '其所依据的记录已更正。' };
  }
  return alert.rule === 'declared-stall'
    ? { en: 'The stall was reported over.', zh: '已报停工/受阻解除。' }
    : { en: 'What it rested on no longer holds.', zh: '其所依据的事实已不再成立。' };
}

/** Why the alerts of a project end whose registration was taken back. */
export function takenBackSentence({ reason }: TakenBack): Words {
  return {
    en: `The registration of the project was taken back: ${sentence(reason, '.')}`,
    zh: `项目登记已撤回：${sentence(reason, '。')}`,
  };
}

function missedWords({ acknowledged }: Alert, missedOn: Day): Words {
  const { en, zh } = dayWords(missedOn);
  return acknowledged?.dueOn === missedOn
    ? { en: `The day named in the answer, ${en}, has passed`, zh: `答复中承诺的日期 ${zh}已过` }
    : { en: `Nobody answered by ${en}`, zh: `截至 ${zh}无人答复` };
}
