import { Button, NativeSelect, Paper, Switch, Text, Title } from '@mantine/core';
import {
  countsDown,
  type Rule,
  type RuleKind,
  type Severity,
  severities,
  unitOf,
} from '../../../../domain/governance/rules.js';
import { labelled } from '../../../../domain/values/punctuation.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import { useLanguage } from '../../../shared/language.js';
import { FigureInput } from './figure-input.js';
import { figureOf, withOwn, withThreshold } from './rule-draft.js';
import styles from './rules.module.css';
import { placeWords } from './rules-words.js';
import { useRulesTexts } from './texts.js';

/** One rule in words, with editable figures. */
export function RuleCard({
  rule,
  faultAt,
  onChange,
  onRemove,
}: {
  rule: Rule;
  /** The fault of one of its members. */
  faultAt: (member: string) => string | undefined;
  onChange: (rule: Rule) => void;
  onRemove: (() => void) | undefined;
}) {
  const say = useRulesTexts();
  const language = useLanguage();
  const unit = unitOf[rule.rule];
  const name = ruleWords[rule.rule][language];
  const isOff = rule.isOff === true;
  const place = placeWords(rule.where, say, language);
  const title = rule.where ? `${name} · ${place}` : name;
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <div className={styles.head}>
        <Title order={4} size="sm">
          {title}
        </Title>
        <Switch
          size="xs"
          label={say('isOn')}
          aria-label={labelled(say('isOn'), title, language)}
          checked={!isOff}
          onChange={(event) => {
            const { isOff: _, ...rest } = rule;
            onChange(event.currentTarget.checked ? rest : { ...rest, isOff: true });
          }}
        />
      </div>
      <Text size="sm" mb="xs">
        {say(`about.${rule.rule}`)}
      </Text>
      {faultAt('') && (
        <Text size="sm" c="var(--bad)">
          {faultAt('')}
        </Text>
      )}
      <div className={styles.figures}>
        {unit !== null &&
          severities.map((severity) => (
            <FigureInput
              key={severity}
              label={say(limitOf(rule.rule, severity), {
                severity: severityWords[severity][language],
              })}
              unit={say(`unit.${unit}`)}
              isDisabled={isOff}
              value={figureOf(rule[severity])}
              error={faultAt(severity)}
              onChange={(figure) => onChange(withThreshold(rule, severity, figure))}
            />
          ))}
        {rule.rule === 'silent-stall' && (
          <FigureInput
            label={say('grace')}
            isDisabled={isOff}
            value={rule.graceDays}
            error={faultAt('graceDays')}
            onChange={(figure) => onChange(withOwn(rule, 'graceDays', figure))}
          />
        )}
        {unit === 'points' && (
          <FigureInput
            label={say('margin')}
            isDisabled={isOff}
            value={rule.marginPoints}
            error={faultAt('marginPoints')}
            onChange={(figure) => onChange(withOwn(rule, 'marginPoints', figure))}
          />
        )}
        {rule.blocks &&
          (['works', 'production', 'staffing'] as const).map((what) => (
            <NativeSelect
              key={what}
              size="xs"
              label={say(`blocks.${what}`)}
              disabled={isOff}
              value={rule.blocks?.[what]}
              onChange={(event) => {
                const severity = event.currentTarget.value as Severity;
                if (rule.blocks) onChange({ ...rule, blocks: { ...rule.blocks, [what]: severity } });
              }}
              data={severities.map((value) => ({ value, label: severityWords[value][language] }))}
            />
          ))}
      </div>
      {onRemove && (
        <Button
          size="xs"
          variant="default"
          mt="xs"
          aria-label={say('removeRule', { rule: name, place })}
          onClick={onRemove}
        >
          ×
        </Button>
      )}
    </Paper>
  );
}

/** How a figure of a rule is meant: reached, exceeded, or days left. */
function limitOf(kind: RuleKind, severity: Severity): 'from' | 'over' | 'left' {
  if (countsDown(kind)) return 'left';
  return kind === 'behind-plan' && severity === 'red' ? 'over' : 'from';
}
