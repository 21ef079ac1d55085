import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ByLanguage } from '../../../domain/values/by-language.js';
import type { ContradictionsView } from '../../../projections/contradictions/contradictions.js';
import type { AskedOf } from '../../../projections/contradictions/explained.js';
import { useLanguage } from '../../shared/language.js';
import { Section } from '../parts/section.js';
import { TakeAlong } from '../take-along/take-along.js';
import { useMay, useSelf } from '../use/self.js';
import { ContradictionLine } from './contradiction-line.js';
import { contradictionsSheet, type PositionsOf } from './sheets.js';
import { useProjectTexts } from './texts.js';

/** Contradictions shown initially. */
const shownFirst = 20;

/** The register: entries that cannot all be true, open ones first, then explained ones. */
export function Contradictions({
  project,
  district,
  register,
  positions,
  name,
}: {
  project: string;
  /** Of the project. */
  district: ByLanguage | undefined;
  register: ContradictionsView;
  positions: PositionsOf;
  /** Of the exported file. */
  name: string;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const [count, setCount] = useState(shownFirst);
  const may = useMay();
  const self = useSelf();
  const all = [...register.open, ...register.explained, ...register.settled];
  const isMine = ({ by }: AskedOf) => self?.mode === 'signed-in' && self.person === by;
  const mineCount = register.open.filter(({ askedOf }) => askedOf?.some(isMine)).length;
  const place = { project, district };
  const mayExplain =
    may('entry-log', place) || may('entry-withdraw-others', place) || may('project-set-up', place);
  return (
    <Section
      title={say('contradictions')}
      aside={
        all.length > 0 && (
          <TakeAlong
            what={say('contradictions')}
            name={name}
            table={() => contradictionsSheet(register, positions, say, language)}
          />
        )
      }
    >
      {all.length === 0 && <Text size="sm">{say('noContradictions')}</Text>}
      {mineCount > 0 && (
        <Text size="sm" fw={600}>
          {say('putToYou', { count: mineCount })}
        </Text>
      )}
      <Stack gap="xs">
        {all.slice(0, count).map((contradiction) => (
          <ContradictionLine
            key={contradiction.id}
            project={project}
            contradiction={contradiction}
            mayExplain={mayExplain}
          />
        ))}
        {all.length > count && (
          <Button variant="default" className="not-printed" onClick={() => setCount(count * 5)}>
            {say('furtherContradictions', { count: all.length - count })} …
          </Button>
        )}
      </Stack>
    </Section>
  );
}
