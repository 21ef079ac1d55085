import { type ReactNode, useEffect, useRef, useState } from 'react';
import { beginWithoutAnswers } from '../shared/known-answers.js';
import { chooseLanguage, useLanguage } from '../shared/language.js';
import { goTo, pathHere, useHashPath } from '../shared/place.js';
import { type Known, ownSelf, type Self, useKnownSelf, useSelf } from '../shared/self.js';
import { EnrolForm } from './enrol-form.js';
import { LinkForm } from './link-form.js';
import { openedHere, takePlace } from './onward.js';
import { refusedIn } from './provider-way.js';
import { Refused } from './refused.js';
import { SetupForm } from './setup-form.js';
import styles from './sign-in.module.css';
import { SignInForm } from './sign-in-form.js';
import { useSignInTexts } from './texts.js';

const wanted = new EventTarget();

/** Asks for the sign-in again after it was put off. */
export function askToSignIn(): void {
  wanted.dispatchEvent(new Event('now'));
}

/** How often an open page asks whether its person is still signed in, in milliseconds. */
const againMs = 60_000;

/**
 * Asks for a sign-in where one is needed: in the place of the page at first, and over it once somebody was signed in,
 * so that what they typed stays.
 *
 * @param mayWait the page can be used meanwhile, as on the site without a network
 */
export function Gate({ children, mayWait = false }: { children: ReactNode; mayWait?: boolean }) {
  const known = useKnownSelf();
  const [path] = useHashPath();
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && void ownSelf.look();
    look();
    const timer = setInterval(look, againMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  useEffect(() => {
    // The provider sends a browser back to the first screen.
    const place = pathHere() === '/' ? takePlace() : undefined;
    if (place === undefined) return;
    void ownSelf.look().then((self) => {
      if (self?.mode === 'signed-in' && pathHere() === '/') goTo(place, { replace: true });
    });
  }, []);
  useEffect(() => {
    const now = () => setLater(false);
    wanted.addEventListener('now', now);
    return () => wanted.removeEventListener('now', now);
  }, []);
  const isNobody = known?.self.mode === 'nobody';
  useEffect(() => {
    if (!isNobody) setLater(false);
  }, [isNobody]);
  const isOpened = path === '/open';
  const link = linkIn(path);
  const code = codeIn(path);
  if (code !== undefined)
    return (
      <Whole>
        <EnrolForm first={code} onEntered={entered} />
      </Whole>
    );
  if (link !== undefined)
    return (
      <Whole>
        <LinkForm link={link} onEntered={entered} />
      </Whole>
    );
  const token = tokenIn(path);
  if (token !== undefined && known?.self.mode !== 'signed-in')
    return (
      <Whole>
        <SetupForm token={token} onEntered={entered} />
      </Whole>
    );
  if (!isNobody && isOpened)
    return (
      <Whole>
        <Onward />
      </Whole>
    );
  const refusal = refusedIn(path);
  if (!isNobody && known && refusal)
    return (
      <Whole>
        <Refused refusal={refusal} />
      </Whole>
    );
  if (!isNobody) return children;
  const isOnOpenWire = known.self.isOnOpenWire === true;
  if (!known.before || isOpened)
    return <Whole>{isOnOpenWire ? <OpenWire /> : <Ways isPhone={mayWait} before={known.before} />}</Whole>;
  return (
    <>
      {children}
      {!isLater && (
        <Over>
          {isOnOpenWire ? (
            <OpenWire />
          ) : (
            <Ways
              isPhone={mayWait}
              before={known.before}
              onLater={mayWait ? () => setLater(true) : undefined}
            />
          )}
        </Over>
      )}
    </>
  );
}

/** Goes on to the address that was opened, once the service says that somebody is signed in. */
function Onward() {
  const t = useSignInTexts();
  useEffect(() => {
    void ownSelf.look().then((self) => {
      const at = openedHere();
      if (self && self.mode !== 'nobody' && at !== undefined) location.replace(at);
    });
  }, []);
  return <p role="status">{t('goingOn')}</p>;
}

/** Signs in at first or again: by name and password or a key, and on a phone by a code as well. */
function Ways({
  isPhone,
  before,
  onLater,
}: {
  isPhone: boolean;
  before?: Known['before'];
  onLater?: (() => void) | undefined;
}) {
  const [path] = useHashPath();
  const provider = useSelf()?.provider;
  const [byCode, setByCode] = useState(isPhone && before?.signedInBy?.kind === 'device');
  if (byCode)
    return (
      <EnrolForm
        before={before}
        onEntered={before ? entered : enrolled}
        onOther={() => setByCode(false)}
        onLater={onLater}
      />
    );
  return (
    <SignInForm
      heading={before ? 'again' : 'title'}
      provider={provider}
      refusal={refusedIn(path)}
      first={before?.name ?? ''}
      onEntered={entered}
      onCode={isPhone ? () => setByCode(true) : undefined}
      onLater={onLater}
    />
  );
}

function OpenWire() {
  const t = useSignInTexts();
  return (
    <section className={styles.card}>
      <h1>{t('title')}</h1>
      <p className={styles.fault}>{t('openWire')}</p>
      <p>{t('openWireHint')}</p>
    </section>
  );
}

/** The sign-in in the place of the page. */
function Whole({ children }: { children: ReactNode }) {
  const t = useSignInTexts();
  const language = useLanguage();
  return (
    <main className={styles.whole}>
      <div className={styles.brand}>
        <span>Topout</span>
        <button
          type="button"
          className={styles.language}
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => chooseLanguage(language === 'en' ? 'zh' : 'en')}
        >
          {t('language')}
        </button>
      </div>
      {children}
    </main>
  );
}

/** The sign-in over the page, which keeps its state and cannot be reached meanwhile. */
function Over({ children }: { children: ReactNode }) {
  const t = useSignInTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.over}
      aria-label={t('again')}
      onCancel={(event) => event.preventDefault()}
    >
      {children}
    </dialog>
  );
}

/** Goes on as the person who signed in; with another one the page begins again. */
function entered(self: Self): void {
  const { before } = ownSelf.current() ?? {};
  const isOther = before?.person !== undefined && before.person !== self.person;
  if ((linkIn(pathHere()) ?? tokenIn(pathHere())) !== undefined) goTo('/', { replace: true });
  // The code is used: it stays in no history.
  if (codeIn(pathHere()) !== undefined) goTo('/self', { replace: true });
  const place = takePlace() ?? '/';
  if (refusedIn(pathHere())) goTo(place, { replace: true });
  ownSelf.become(self);
  if (isOther) void beginWithoutAnswers();
}

/** At first a phone shows whom it logs as, and for how long. */
function enrolled(self: Self): void {
  entered(self);
  goTo('/self', { replace: true });
}

function linkIn(path: string): string | undefined {
  return /^\/link\/([\w-]+)$/.exec(path)?.[1];
}

function codeIn(path: string): string | undefined {
  return /^\/enrol\/([\w-]*)$/.exec(path)?.[1];
}

function tokenIn(path: string): string | undefined {
  return /^\/begin\/([\w-]+)$/.exec(path)?.[1];
}
