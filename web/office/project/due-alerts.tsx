import { Stack, Text } from '@mantine/core';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import { alertFigure } from '../../../projections/explanation/alert-figure.js';
import { knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import type { ShownFigures } from '../../shared/replay/replay.js';
import { Evidence } from '../evidence/evidence.js';
import lines from '../evidence/one-line.module.css';
import { Light } from '../parts/light.js';
import { Section } from '../parts/section.js';
import { useProjectTexts } from './texts.js';

/** The alerts that the rules make due, with the arithmetic and the entries behind them. */
export function DueAlerts({ due }: { due: ShownFigures['alerts']['due'] }) {
  const say = useProjectTexts();
  const language = useLanguage();
  return (
    <Section title={say('alerts')}>
      {due.length === 0 && <Text size="sm">{say('noAlerts')}</Text>}
      <Stack gap="xs">
        {due.map((one) => (
          <div key={`${one.rule}/${one.anchor}`} className={lines.line}>
            <Light light={one.severity} none="" language={language} />{' '}
            <Text span size="sm" fw={600}>
              {one.reason[language]}
            </Text>
            <Text size="xs">
              {say('since', { day: knownDayWords(one.since, one.sinceExactness, language) })} ·{' '}
              <Evidence title={say('alerts')} entries={one.evidence} />
              <Evidence
                title={ruleWords[one.rule][language]}
                figure={alertFigure(one)}
                entries={one.evidence}
              >
                {say('whyDue')}
              </Evidence>
            </Text>
          </div>
        ))}
      </Stack>
    </Section>
  );
}
