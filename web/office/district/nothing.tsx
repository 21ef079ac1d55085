import { Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useMay } from '../use/self.js';
import styles from './nothing.module.css';
import { useDistrictTexts } from './texts.js';

/** What is shown where no project is known: on the first day of an installation the ways to begin. */
export function Nothing({ isPresent }: { isPresent: boolean }) {
  const say = useDistrictTexts();
  const may = useMay();
  if (!isPresent) return <Text>{say('noneThen')}</Text>;
  return (
    <>
      <Title order={2} size="h2">
        {say('none')}
      </Title>
      <Text size="sm" mb="md" c="var(--soft-ink)">
        {say('noneHint')}
      </Text>
      <ol className={styles.ways}>
        <li className={styles.way}>
          <Title order={3} size="h5">
            {say('register')}
          </Title>
          <p>{say('registerHint')}</p>
          {may('project-set-up') && (
            <Link className={styles.act} href="/setup/project">
              {say('register')}
            </Link>
          )}
        </li>
        <li className={styles.way}>
          <Title order={3} size="h5">
            {say('beginImport')}
          </Title>
          <p>{say('beginImportHint')}</p>
          <code>npm run topout -- import projects.jsonl</code>
        </li>
        <li className={styles.way}>
          <Title order={3} size="h5">
            {say('beginLog')}
          </Title>
          <p>{say('beginLogHint')}</p>
          <a href="/log/">{say('openLog')}</a>
        </li>
        <li className={styles.way}>
          <Title order={3} size="h5">
            {say('beginExample')}
          </Title>
          <p>{say('beginExampleHint')}</p>
          <code>PORT=3001 TOPOUT_DATA=data-example npm start</code>
        </li>
      </ol>
    </>
  );
}
