import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'wouter';
import { stalledWords } from '../../../domain/project/facts/stall-declared.js';
import { textByLanguage } from '../../../domain/values/by-language.js';
import { type Day, daysBetween } from '../../../domain/values/days/calendar.js';
import { nameWords } from '../../../domain/values/words.js';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import { stallWords } from '../../../projections/stalls/stall-words.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import type { ShownFigures } from '../../shared/replay/replay.js';
import { Evidence } from '../evidence/evidence.js';
import { Light } from '../parts/light.js';
import { useMay } from '../use/self.js';
import styles from './project.module.css';
import { useProjectTexts } from './texts.js';

/** What the project is, its status in words, and what can be done with it. */
export function Head({
  project,
  name,
  shown,
  asOf,
  light,
}: {
  project: string;
  name: Parameters<typeof nameWords>[0];
  /** Undefined if nothing was known then, or the project was taken back. */
  shown: ShownFigures | undefined;
  asOf: Day;
  /** Finds the entries behind the light. */
  light: () => string[];
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  return (
    <div>
      <Anchor component={Link} href={placeOf('/')} size="sm" className="not-printed">
        ‹ {say('back')}
      </Anchor>
      <Group gap="0.5rem 1rem" justify="space-between">
        <Group gap="0.35rem 0.75rem">
          <Title order={2} size="h3" className={styles.name}>
            {nameWords(name, project)[language]}
          </Title>
          {shown && <Status shown={shown} asOf={asOf} entries={light} />}
        </Group>
        {shown && <Actions project={project} district={shown.details.district} />}
      </Group>
      <Text size="sm" c="var(--quiet)">
        {[shown?.details.district, shown?.details.sector, shown?.details.owner]
          .flatMap((part) => (part ? textByLanguage(part, language) : []))
          .join(' · ')}
      </Text>
    </div>
  );
}

/** What can be done with the project; a step of the slider changes nothing of it. */
const Actions = memo(
  ({ project, district }: { project: string; district: ShownFigures['details']['district'] }) => {
    const say = useProjectTexts();
    const placeOf = usePlaceOf();
    const may = useMay();
    const place = { project, district };
    return (
      <Group gap="xs" className="not-printed">
        {may('entry-log', place) && (
          <Button size="xs" component={Link} href={placeOf(`/projects/${project}/log`)}>
            {say('logEntry')}
          </Button>
        )}
        {may('project-set-up', place) && (
          <Button size="xs" variant="default" component={Link} href={`/setup/plan/${project}`}>
            {say('toPlan')}
          </Button>
        )}
        {may('replay', place) && (
          <Button size="xs" variant="default" component={Link} href={placeOf(`/auditor/${project}`)}>
            {say('toAudit')}
          </Button>
        )}
        {may('subscriptions-own') && (
          <Button size="xs" variant="default" component={Link} href="/subscriptions">
            {say('subscribe')}
          </Button>
        )}
      </Group>
    );
  },
);

/** The light with its reason: an open stall with its days, or the first alert. */
function Status({ shown, asOf, entries }: { shown: ShownFigures; asOf: Day; entries: () => string[] }) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { light, due } = shown.alerts;
  const nameOf = (id: string) => nameWords(shown.completion.items.find(({ item }) => item === id)?.name, id);
  const stall = shown.stalls.episodes.find(({ status }) => status === 'open');
  const [first] = due;
  const why = stall
    ? say('stalledFor', {
        what: stalledWords(stall.blocks)[language],
        count: daysBetween(stall.from, asOf) + 1,
        cause: stallWords(stall, nameOf)[language],
      })
    : first && ruleWords[first.rule][language];
  return (
    <span className={styles.status} data-light={light ?? 'none'}>
      <Evidence title={say('light')} figure="light" entries={entries}>
        <Light light={light} none={say('noLight')} language={language} />
        {why && <span className={styles.why}>{why}</span>}
      </Evidence>
    </span>
  );
}
