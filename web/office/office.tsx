import { Button, Loader } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { AlertToasts } from './alerts/alert-toasts.js';
import { Frame } from './frame/frame.js';
import { Unbroken } from './parts/broken.js';
import { Denied } from './parts/denied.js';
import { ReachBar } from './parts/reach-bar.js';
import type { Screen } from './screen.js';
import { screens } from './screens.js';
import { useOfficeTexts } from './texts.js';
import { useMay, useSelf } from './use/self.js';

/** All office screens in their frame: shows the one that the URL names. */
export function Office() {
  const may = useMay();
  const self = useSelf();
  const say = useOfficeTexts();
  const [path] = useLocation();
  return (
    <>
      <Frame>
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
      </Frame>
      {self?.mode !== 'nobody' && may('project-read') && <AlertToasts />}
      <ReachBar />
    </>
  );
}

/** A screen for somebody who may use it; otherwise what is missing. */
function Admitted({ needs = [], children }: { needs?: Screen['needs']; children: ReactNode }) {
  const self = useSelf();
  const may = useMay();
  if (self === undefined || needs.length === 0 || needs.some((need) => may(need))) return children;
  return <Denied needs={needs} />;
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
