import { SegmentedControl, Title } from '@mantine/core';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { chooseLanguage, type Language, useLanguage } from '../../shared/language.js';
import { SchemeChoiceField } from '../parts/scheme-choice.js';
import { Who } from '../parts/who.js';
import { useOfficeTexts } from '../texts.js';
import { ClockSlot } from '../time/clock-slot.js';
import { useSelf } from '../use/self.js';
import styles from './frame.module.css';
import { MarkIcon } from './icons.js';
import { Navigation, OtherPlaces } from './navigation.js';
import { PhoneBar } from './phone-bar.js';

/**
 * The frame around every screen: where one can go, which day is shown, and who looks at it. A phone has the mark and
 * the day in one line at the top, the places in a bar at the foot, and the rest in what "more" in that bar opens.
 *
 * @param clocks drawn before a screen shows its own
 */
export function Frame({ children, clocks }: { children: ReactNode; clocks?: ReactNode }) {
  const say = useOfficeTexts();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.page}>
      <button type="button" className={styles.skip} onClick={toContent}>
        {say('skip')}
      </button>
      <header className={styles.header}>
        <Title order={1} size="h3" className={styles.mark}>
          <MarkIcon />
          <span>{say('title')}</span>
        </Title>
        <Navigation />
        <ClockSlot>{clocks}</ClockSlot>
        <More
          id={id}
          isOpen={isOpen}
          onClose={(isByKey) => {
            setOpen(false);
            if (isByKey) button.current?.focus();
          }}
        />
      </header>
      <OpenBar />
      <PhoneBar button={button} controls={id} isOpen={isOpen} onMore={() => setOpen(!isOpen)} />
      <main id="content" className={styles.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/**
 * What is chosen once: on a phone a sheet over the bar, with the places that are not in it; else at the end of the top
 * line.
 *
 * @param onClose with true if a key asked for it
 */
function More({ id, isOpen, onClose }: { id: string; isOpen: boolean; onClose: (isByKey: boolean) => void }) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) sheet.current?.querySelector<HTMLElement>('a, select, input, button')?.focus();
  }, [isOpen]);
  const close = ({ key, target, currentTarget }: KeyboardEvent) => {
    // A dialogue that it opened closes by itself.
    if (key === 'Escape' && isOpen && currentTarget.contains(target as Node)) onClose(true);
  };
  // A link also leads away where a dialogue of it has it.
  const leave = ({ target }: MouseEvent) => {
    if (isOpen && (target as Element).closest('a')) onClose(false);
  };
  return (
    <>
      {isOpen && (
        // biome-ignore lint/a11y/noStaticElementInteractions: with the keyboard, Escape and the button close it.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        <div className={styles.behind} onClick={() => onClose(false)} />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button in the bar opened. */}
      <div
        ref={sheet}
        id={id}
        className={`${styles.more} not-printed`}
        data-open={isOpen}
        onKeyDown={close}
        onClick={leave}
      >
        <OtherPlaces />
        <SchemeChoiceField />
        <LanguageChoice />
        <Who />
      </div>
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
