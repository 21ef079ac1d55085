import { Text } from '@mantine/core';
import type { Rule, RuleSet } from '../../../../domain/governance/rules.js';
import { isSame } from '../../../../domain/values/equal.js';
import { ruleWords } from '../../../../projections/alerts/happening-words.js';
import { useLanguage } from '../../../shared/language.js';
import { changedRules } from './rule-draft.js';
import { placeWords, ruleLine } from './rules-words.js';
import { useRulesTexts } from './texts.js';

/** The differences between two sets of rules, one per line. */
export function ChangeLines({ before, after }: { before: RuleSet; after: RuleSet }) {
  const say = useRulesTexts();
  const language = useLanguage();
  const rules = changedRules(before, after);
  const others = (['ladder', 'reopenWithinDays', 'calendar', 'exemptions'] as const).filter(
    (member) => !isSame(before[member], after[member]),
  );
  if (rules.length + others.length === 0) return <Text size="sm">{say('noChanges')}</Text>;
  return (
    <>
      {rules.map(({ before: was, after: now }) => {
        const { rule, where } = (now ?? was) as Rule;
        const place = where ? ` (${placeWords(where, say, language)})` : '';
        return (
          <Text size="sm" key={JSON.stringify([rule, where])}>
            {ruleWords[rule][language]}
            {place}: {say('moved', { from: ruleLine(was, say, language), to: ruleLine(now, say, language) })}
          </Text>
        );
      })}
      {others.length > 0 && <Text size="sm">{say('othersChanged')}</Text>}
    </>
  );
}
