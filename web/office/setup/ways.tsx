import { Anchor, Button, Loader, Paper, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Row } from '../../shared/answers.js';
import { useLanguage } from '../../shared/language.js';
import { Failure } from '../parts/failure.js';
import { projectsQuery } from '../use/projects-query.js';
import { useMay } from '../use/self.js';
import { keptUnder } from './kept.js';
import styles from './setup.module.css';
import { useSetupTexts } from './texts.js';

const mostShown = 12;

/** Links into the setup: a project, a plan, the rules. */
export default function Ways() {
  const say = useSetupTexts();
  const may = useMay();
  // A user who may only try rules is not offered to adopt them.
  const rules = say(may('rules-adopt') ? 'rules' : 'rulesTest');
  const isForRules = may('rules-adopt') || may('rules-test');
  return (
    <>
      <Title order={2} size="h4" mb="sm">
        {say('title')}
      </Title>
      <div className={styles.ways}>
        {may('project-set-up') && (
          <Way title={say('register')} hint={say('registerHint')}>
            <Button component={Link} href="/setup/project">
              {say('register')}
            </Button>
          </Way>
        )}
        {(may('entry-log') || may('project-set-up')) && (
          <Way title={say('table')} hint={say('tableHint')}>
            <Button component={Link} href="/setup/table">
              {say('table')}
            </Button>
          </Way>
        )}
        {isForRules && (
          <Way title={rules} hint={say('rulesHint')}>
            <Button component={Link} href="/setup/rules">
              {rules}
            </Button>
          </Way>
        )}
        {isForRules && (
          <Way title={say('lexicon')} hint={say('lexiconHint')}>
            <Button component={Link} href="/setup/lexicon">
              {say('lexicon')}
            </Button>
          </Way>
        )}
      </div>
      {may('project-set-up') && (
        <Way title={say('plans')} hint={say('plansHint')}>
          <Projects />
        </Way>
      )}
    </>
  );
}

function Way({ title, hint, children }: { title: string; hint: string; children: React.ReactNode }) {
  return (
    <Paper withBorder className={styles.way} component="section" aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Text size="sm">{hint}</Text>
      {children}
    </Paper>
  );
}

function Projects() {
  const say = useSetupTexts();
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useQuery(projectsQuery(language));
  if (error) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return <Loader />;
  if (data.length === 0) return <Text size="sm">{say('noProject')}</Text>;
  const wanted = search.trim().toLowerCase();
  const found = data
    .filter(({ name, project, owner, names, aliases }) =>
      [name, project, owner, names.en, names.zh, ...(aliases ?? [])].some((text) =>
        text?.toLowerCase().includes(wanted),
      ),
    )
    // Projects without a plan first.
    .sort((a, b) => Number(a.hasPlan) - Number(b.hasPlan));
  return (
    <>
      <TextInput
        label={say('findProject')}
        placeholder={say('findHint')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        maw="26rem"
        mb="xs"
      />
      {found.length === 0 && <Text size="sm">{say('noneFound')}</Text>}
      <ul className={`${styles.rows} ${styles.plans}`}>
        {found.slice(0, mostShown).map((row) => (
          <ProjectLine key={row.project} row={row} />
        ))}
      </ul>
      {found.length > mostShown && (
        <Text size="sm" mt="xs">
          {say('more', { count: found.length - mostShown })}
        </Text>
      )}
    </>
  );
}

function ProjectLine({ row: { project, name, hasPlan } }: { row: Row }) {
  const say = useSetupTexts();
  const isWaiting = keptUnder(`plan.${project}`) !== undefined;
  return (
    <li>
      <span>
        <Text span size="sm" fw={600}>
          {name}
        </Text>{' '}
        <Text span size="sm">
          {say(hasPlan ? 'planDone' : 'noPlan')}
          {isWaiting && ` · ${say('unsaved')}`}
        </Text>
      </span>
      <span>
        <Anchor
          component={Link}
          size="sm"
          href={`/setup/plan/${project}`}
          aria-label={say('planOf', { name })}
        >
          {say('openPlan')}
        </Anchor>
        {' · '}
        <Anchor
          component={Link}
          size="sm"
          href={`/setup/project/${project}`}
          aria-label={say('detailsOf', { name })}
        >
          {say('openDetails')}
        </Anchor>
      </span>
    </li>
  );
}
