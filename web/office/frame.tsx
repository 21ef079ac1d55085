import { Anchor, Group, SegmentedControl, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { chooseLanguage, type Language, useLanguage } from '../shared/language.js';
import { usePlaceOf } from '../shared/moment.js';
import styles from './office.module.css';
import { SchemeChoiceField } from './parts/scheme-choice.js';
import { Who } from './parts/who.js';
import { screens } from './screens.js';
import { useOfficeTexts } from './texts.js';
import { ClockSlot } from './time/clock-slot.js';
import { useMay, useSelf } from './use/self.js';

/**
 * The frame around every screen: where one can go, which day is shown, and who looks at it.
 *
 * @param clocks drawn before a screen shows its own
 */
export function Frame({ children, clocks }: { children: ReactNode; clocks?: ReactNode }) {
  const say = useOfficeTexts();
  return (
    <>
      <button type="button" className={styles.skip} onClick={toContent}>
        {say('skip')}
      </button>
      <header className={styles.header}>
        <Group justify="space-between" gap="sm">
          <Group gap="lg" className={styles.place}>
            <Title order={1} size="h3">
              {say('title')}
            </Title>
            <Navigation />
          </Group>
          <Group gap="xs" className={styles.settings}>
            <ClockSlot>{clocks}</ClockSlot>
            <SchemeChoiceField />
            <LanguageChoice />
            <Who />
          </Group>
        </Group>
      </header>
      <OpenBar />
      <main id="content" className={styles.main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** Says on every screen of an open installation that it is one. */
function OpenBar() {
  const say = useOfficeTexts();
  const self = useSelf();
  if (self?.mode !== 'open') return null;
  return <p className={`${styles.open} not-printed`}>{say('openBar')}</p>;
}

function Navigation() {
  const may = useMay();
  const say = useOfficeTexts();
  const language = useLanguage();
  const placeOf = usePlaceOf();
  const [here] = useLocation();
  return (
    <nav aria-label={say('navigation')}>
      <Group gap="md" component="ul" className={styles.navigation}>
        {screens.map(
          ({ path, navigation, needs }) =>
            navigation &&
            (needs === undefined || needs.some((need) => may(need))) && (
              <li key={path}>
                <Anchor
                  component={Link}
                  href={placeOf(path)}
                  aria-current={here === path ? 'page' : undefined}
                >
                  {navigation.label[language]}
                  {navigation.beside && <navigation.beside />}
                </Anchor>
              </li>
            ),
        )}
        {may('entry-log') && (
          <li>
            <Anchor href="/log/">{say('log')}</Anchor>
          </li>
        )}
      </Group>
    </nav>
  );
}

function LanguageChoice() {
  const say = useOfficeTexts();
  const language = useLanguage();
  return (
    <SegmentedControl
      size="xs"
      aria-label={say('language')}
      value={language}
      onChange={(value) => chooseLanguage(value as Language)}
      data={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}

/** Not a link, because the part behind the `#` is the place in the page. */
function toContent(): void {
  document.getElementById('content')?.focus();
}
