import { type Rule, severities, unitOf, type Where } from '../../../../domain/governance/rules.js';
import { labelled, listed } from '../../../../domain/values/punctuation.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import type { Language } from '../../../shared/language.js';
import { figureOf } from './rule-draft.js';
import type { SayRules } from './texts.js';

/** The scope of a rule, in words. */
export function placeWords(where: Where | undefined, say: SayRules, language: Language): string {
  const parts = (['project', 'district', 'sector'] as const).flatMap((kind) =>
    where?.[kind] === undefined ? [] : [say(`place.${kind}`, { name: where[kind] })],
  );
  return listed(parts, language) || say('everywhere');
}

/** A rule in one line, without its name: `yellow 30 days, red 90 days, days of grace: 15`. */
export function ruleLine(rule: Rule | undefined, say: SayRules, language: Language): string {
  if (!rule) return say('nothing');
  if (rule.isOff) return say('off');
  const unit = unitOf[rule.rule];
  const { blocks, graceDays, marginPoints } = rule;
  return [
    ...severities.flatMap((severity) => {
      const figure = figureOf(rule[severity]);
      return figure === undefined || unit === null
        ? []
        : [`${severityWords[severity][language]} ${figure} ${say(`unit.${unit}`)}`];
    }),
    ...(blocks
      ? (['works', 'production', 'staffing'] as const).map((what) =>
          labelled(say(`blocks.${what}`), severityWords[blocks[what]][language], language),
        )
      : []),
    ...(graceDays === undefined ? [] : [labelled(say('grace'), String(graceDays), language)]),
    ...(marginPoints === undefined ? [] : [labelled(say('margin'), String(marginPoints), language)]),
  ].join(language === 'zh' ? '，' : ', ');
}
