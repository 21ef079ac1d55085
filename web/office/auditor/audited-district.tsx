import { Loader, Text } from '@mantine/core';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useMoment } from '../../shared/moment.js';
import { Denied } from '../parts/denied.js';
import { useMay } from '../use/self.js';
import { DistrictBetween } from './between/district-between.js';
import { useDistrictFilm } from './film/film-source.js';
import { ReplayFilm } from './film/replay-film.js';
import { useAuditorTexts } from './texts.js';

/** Compares the district at two moments, and replays it entry by entry, once its log is loaded; that is for those who may read the log. */
export function AuditedDistrict({ today }: { today: string }) {
  const say = useAuditorTexts();
  const mayReplay = useMay()('log-read');
  return (
    <>
      <DistrictBetween today={today} />
      {mayReplay ? (
        <Replayed today={today} />
      ) : (
        <>
          <Text size="sm">{say('pickProject')}</Text>
          <Denied needs={['log-read']} />
        </>
      )}
    </>
  );
}

function Replayed({ today }: { today: string }) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const [{ asOf = today }] = useMoment();
  const { state, progress, source } = useDistrictFilm(today, asOf);
  if (state === 'too-long') return <Text>{say('tooLong')}</Text>;
  if (!source)
    return (
      <>
        <Loader />
        {progress.head > 0 && (
          <Text size="sm">
            {say('folding', {
              percent: percentWords((progress.upTo / progress.head) * wholeBasisPoints, language),
            })}
          </Text>
        )}
      </>
    );
  return source.ticking.length === 0 ? (
    <Text>{say('noEntries')}</Text>
  ) : (
    <ReplayFilm source={source} asOf={asOf} />
  );
}
