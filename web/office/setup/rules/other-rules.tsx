import { ActionIcon, Button, Fieldset, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Exemption, LadderStep, RuleSet } from '../../../../domain/governance/rules.js';
import { labelled, listed } from '../../../../domain/values/punctuation.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { dayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { FigureInput } from './figure-input.js';
import styles from './rules.module.css';
import { placeWords } from './rules-words.js';
import { useRulesTexts } from './texts.js';

interface Given {
  draft: RuleSet;
  change: (part: Partial<RuleSet>) => void;
  faultAt: (member: string) => string | undefined;
}

/** Settings beside the single rules: duties with their days, the calendar, force majeure. */
export function OtherRules({ draft, change, faultAt, calendars }: Given & { calendars: readonly string[] }) {
  const say = useRulesTexts();
  const language = useLanguage();
  const set = (at: number, part: Partial<LadderStep>) =>
    change({ ladder: draft.ladder.map((step, index) => (index === at ? { ...step, ...part } : step)) });
  return (
    <>
      <Fieldset legend={say('ladder')}>
        {draft.ladder.map((step, at) => (
          <div key={step.severity}>
            <Text size="sm" fw={600} mt={at === 0 ? 0 : 'sm'}>
              {severityWords[step.severity][language]}: {step.duty.words[language]}
            </Text>
            <div className={styles.figures}>
              <FigureInput
                label={say('answerWithin')}
                value={step.answerWithinDays}
                error={faultAt(`ladder[${at}].answerWithinDays`)}
                onChange={(days) => set(at, { answerWithinDays: days ?? 0 })}
              />
              <FigureInput
                label={say('remindEvery')}
                value={step.remindEveryDays}
                error={faultAt(`ladder[${at}].remindEveryDays`)}
                onChange={(days) => set(at, { remindEveryDays: days ?? 0 })}
              />
              {(['zh', 'en'] as const).map((tongue) => (
                <TextInput
                  key={tongue}
                  size="xs"
                  label={say(tongue === 'zh' ? 'dutyZh' : 'dutyEn')}
                  lang={tongue === 'zh' ? 'zh-CN' : 'en'}
                  value={step.duty.words[tongue]}
                  error={faultAt(`ladder[${at}].duty.words.${tongue}`)}
                  onChange={(event) =>
                    set(at, {
                      duty: {
                        ...step.duty,
                        words: { ...step.duty.words, [tongue]: event.currentTarget.value },
                      },
                    })
                  }
                />
              ))}
            </div>
          </div>
        ))}
      </Fieldset>
      <Fieldset legend={say('others')}>
        <div className={styles.figures}>
          <FigureInput
            label={say('reopen')}
            value={draft.reopenWithinDays}
            error={faultAt('reopenWithinDays')}
            onChange={(days) => change({ reopenWithinDays: days ?? 0 })}
          />
          <NativeSelect
            size="xs"
            label={say('calendar')}
            value={draft.calendar}
            error={faultAt('calendar')}
            onChange={(event) => change({ calendar: event.currentTarget.value })}
            data={[...new Set([...calendars, draft.calendar])]}
          />
        </div>
      </Fieldset>
      <Exemptions draft={draft} change={change} faultAt={faultAt} />
    </>
  );
}

const blank = { district: '', from: '', to: '', reason: '' };

function Exemptions({ draft: { exemptions }, change, faultAt }: Given) {
  const say = useRulesTexts();
  const language = useLanguage();
  const [asked, setAsked] = useState(blank);
  const isWhole = asked.from !== '' && asked.to >= asked.from && asked.reason.trim() !== '';
  const field = (name: keyof typeof blank) => ({
    size: 'xs' as const,
    value: asked[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setAsked({ ...asked, [name]: event.currentTarget.value }),
  });
  const line = ({ where, from, to, reason }: Exemption) =>
    labelled(
      listed(
        [placeWords(where, say, language), `${dayWords(from, language)} – ${dayWords(to, language)}`],
        language,
      ),
      reason,
      language,
    );
  return (
    <Fieldset legend={say('exemptions')}>
      <Text size="sm">{say('exemptionsHint')}</Text>
      {exemptions.length === 0 && <Text size="sm">{say('noExemption')}</Text>}
      {exemptions.map((one, at) => (
        <Group key={line(one)} gap="xs" wrap="nowrap" my={4}>
          <Text size="sm">{line(one)}</Text>
          <ActionIcon
            variant="default"
            aria-label={say('removeExemption', { reason: one.reason })}
            onClick={() => change({ exemptions: exemptions.filter((_, index) => index !== at) })}
          >
            ×
          </ActionIcon>
          {faultAt(`exemptions[${at}]`) && (
            <Text size="sm" c="var(--bad)">
              {faultAt(`exemptions[${at}]`)}
            </Text>
          )}
        </Group>
      ))}
      <div className={styles.figures}>
        <TextInput label={say('district')} placeholder={say('all')} {...field('district')} />
        <TextInput type="date" label={say('fromDay')} {...field('from')} />
        <TextInput type="date" label={say('to')} {...field('to')} />
        <TextInput label={say('reason')} {...field('reason')} />
        <Button
          size="xs"
          variant="default"
          disabled={!isWhole}
          onClick={() => {
            const { district, from, to, reason } = asked;
            const where = district.trim() ? { district: district.trim() } : {};
            change({ exemptions: [...exemptions, { where, from, to, reason: reason.trim() }] });
            setAsked(blank);
          }}
        >
          {say('addExemption')}
        </Button>
      </div>
    </Fieldset>
  );
}
