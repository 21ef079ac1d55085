import { Anchor, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { nameWords } from '../../../domain/values/words.js';
import { useLanguage } from '../../shared/language.js';
import { usePlaceOf } from '../../shared/moment.js';
import { goTo } from '../../shared/place.js';
import { Failure } from '../parts/failure.js';
import { SearchedSelect } from '../parts/searched-select.js';
import { projectsQuery } from '../use/projects-query.js';
import { useToday } from '../use/today.js';
import { AuditedDistrict } from './audited-district.js';
import { AuditedProject } from './audited-project.js';
import { useAuditorTexts } from './texts.js';

/** The option for all projects. */
const wholeDistrict = '*';

/** Compares a project at two points, or replays a project or the district entry by entry. */
export default function Auditor() {
  const say = useAuditorTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const today = useToday();
  const { project } = useParams<{ project?: string }>();
  const projects = useQuery(projectsQuery(language));
  const choices = useMemo(
    () => [
      { value: wholeDistrict, label: say('whole') },
      ...(projects.data ?? []).map(({ project: value, names, owner, aliases }) => ({
        value,
        label: nameWords(names, value)[language],
        names: [value, names.en, names.zh, owner, ...(aliases ?? [])].filter((name) => name !== undefined),
      })),
    ],
    [projects.data, language, say],
  );
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {say('title')}
      </Title>
      {projects.error && <Failure error={projects.error} onAgain={() => void projects.refetch()} />}
      <Group align="end" gap="md">
        <div className="not-printed" style={{ flex: '0 1 30rem' }}>
          <SearchedSelect
            label={say('pick')}
            description={say('pickHint')}
            nothingFound={say('noneFound')}
            choices={choices}
            value={project ?? wholeDistrict}
            onChange={(value) => goTo(placeOf(value === wholeDistrict ? '/auditor' : `/auditor/${value}`))}
          />
        </div>
        <Text className="only-printed" fw={600}>
          {choices.find(({ value }) => value === (project ?? wholeDistrict))?.label}
        </Text>
        {project && (
          <Anchor component={Link} href={placeOf(`/projects/${project}`)} size="sm" className="not-printed">
            {say('toProject')}
          </Anchor>
        )}
      </Group>
      {!today && <Loader />}
      {today &&
        (project ? (
          <AuditedProject key={project} project={project} today={today} />
        ) : (
          <AuditedDistrict today={today} />
        ))}
      {projects.data?.length === 0 && <Text>{say('noProjects')}</Text>}
    </Stack>
  );
}
