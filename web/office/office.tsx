import { Anchor, Button, Group, Loader, SegmentedControl, Title } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { chooseLanguage, type Language, useLanguage } from '../shared/language.js';
import { usePlaceOf } from '../shared/moment.js';
import { AlertToasts } from './alerts/alert-toasts.js';
import styles from './office.module.css';
import { Unbroken } from './parts/broken.js';
import { Denied } from './parts/denied.js';
import { ReachBar } from './parts/reach-bar.js';
import { SchemeChoiceField } from './parts/scheme-choice.js';
import { Who } from './parts/who.js';
import type { Screen } from './screen.js';
import { screens } from './screens.js';
import { useOfficeTexts } from './texts.js';
import { ClockSlot } from './time/clock-slot.js';
import { useMay, useSelf } from './use/self.js';

/** The frame around all office screens, and the screen that the URL names. */
export function Office() {
  const may = useMay();
  const self = useSelf();
  const say = useOfficeTexts();
  const [path] = useLocation();
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
            <ClockSlot />
            <SchemeChoiceField />
            <LanguageChoice />
            <Who />
          </Group>
        </Group>
      </header>
      <OpenBar />
      <main id="content" className={styles.main} tabIndex={-1}>
        <Unbroken key={path}>
          <Suspense fallback={<Loader role="progressbar" aria-label={say('loading')} />}>
            <Switch>
              {screens.map(({ path, needs, view: View }) => (
                <Route key={path} path={path}>
                  <Admitted needs={needs}>
                    <View />
                  </Admitted>
                </Route>
              ))}
              <Route>
                <NoScreen />
              </Route>
            </Switch>
          </Suspense>
        </Unbroken>
      </main>
      {self?.mode !== 'nobody' && may('project-read') && <AlertToasts />}
      <ReachBar />
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

/** A screen for somebody who may use it; otherwise what is missing. */
function Admitted({ needs = [], children }: { needs?: Screen['needs']; children: ReactNode }) {
  const self = useSelf();
  const may = useMay();
  if (self === undefined || needs.length === 0 || needs.some((need) => may(need))) return children;
  return <Denied needs={needs} />;
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

function NoScreen() {
  const say = useOfficeTexts();
  return (
    <>
      <p>{say('notFound')}</p>
      <Button component={Link} href="/">
        {say('toDistrict')}
      </Button>
    </>
  );
}

/** Not a link, because the part behind the `#` is the place in the page. */
function toContent(): void {
  document.getElementById('content')?.focus();
}
