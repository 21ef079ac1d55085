import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { PortfolioAnswer } from '../../src/app/topout.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import type { FirstAnswers } from '../../src/http/page/first-answers.js';
import { moneyShort, percentWords } from '../../web/shared/figures.js';
import { districtTexts } from '../examples/district.js';
import { openToAll } from '../support/open-mode.js';
import { ClosedService, districtOf } from './access/closed.js';
import { type Service, startService } from './service.js';

jest.setTimeout(120_000);

const page = { path: join(import.meta.dirname, '../../dist/web'), newNonce: () => 'the-nonce' };
const asBrowser = (more: Record<string, string>) => ({ accept: 'text/html,*/*;q=0.8', ...more });
const zh = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };
const en = { 'accept-language': 'en-GB,en' };

let service: Service;
let app: NestFastifyApplication;
beforeAll(async () => {
  service = await startService();
  app = await createHttpApp(service.composed.topout, { ...openToAll, after: world.after, page });
});
afterAll(async () => {
  await app.close();
  await service.close();
});

async function opened(headers: Record<string, string>, of = app) {
  const answer = await of.inject({ method: 'GET', url: '/', headers: asBrowser(headers) });
  return { html: answer.payload, headers: answer.headers };
}

/** The answers that are in the HTML for the page; undefined if there are none. */
function answersIn(html: string): FirstAnswers | undefined {
  const [, json] = /<script type="application\/json" id="first-answers">(.*?)<\/script>/s.exec(html) ?? [];
  return json === undefined ? undefined : (JSON.parse(json) as FirstAnswers);
}

/** What a reader sees before any script runs, a line for each element with text. */
function readIn(html: string): string[] {
  const body = html.slice(html.indexOf('<body>')).replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
  return body
    .split(/<[^>]*>/)
    .map((text) => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&quot;', '"').trim())
    .filter(Boolean);
}

/** Waits until the alerts of the whole example are raised, which happens beside the requests. */
async function alertsRaised(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { projects } = (await service.get('/alerts/needs')).body;
    if (Number(projects) === 3) return;
    await sleep(100);
  }
  throw new Error('The alerts of the example are not raised.');
}

test('after each entry the first HTML says the totals of the same moment, in the language of the browser', async () => {
  let position = -1;
  for (let done = 0; done < districtTexts.length; done += 13) {
    await service.sendLines(districtTexts.slice(done, done + 13));
    for (const [language, headers] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      const portfolio = (await service.get('/portfolio?groupBy=district', headers))
        .body as unknown as PortfolioAnswer;
      const { html } = await opened(headers);
      expect(answersIn(html)).toEqual({
        index: (await service.get('/')).body,
        self: (await service.get('/people/self')).body,
        portfolio,
        needs: (await service.get('/alerts/needs?limit=6', headers)).body,
        openAlerts: (await service.get('/alerts/count?status=open')).body,
      });
      const { completion, investment, lights } = portfolio.total;
      const said = readIn(html);
      const { percentBasisPoints: percent } = completion;
      expect(said).toContain(percent === null ? '–' : percentWords(percent, language));
      for (const { sinceStartMinor, currency } of investment)
        expect(said).toContain(moneyShort(sinceStartMinor, currency, language));
      expect(said).toContain(`${language === 'zh' ? '红' : 'red'} ${lights.red}`);
      expect(html).toContain(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`);
      expect(portfolio.knownAt.position).toBeGreaterThanOrEqual(position);
      position = portfolio.knownAt.position;
    }
  }
});

test('the headline names the district, the number of projects and the day', async () => {
  await service.composed.watch();
  await alertsRaised();
  const [english, chinese] = [readIn((await opened(en)).html), readIn((await opened(zh)).html)];
  expect(english).toContain('3 projects need action');
  expect(english.find((line) => line.includes('as of'))).toBe(
    'XX District (xx区) · 8 projects · as of 10 Jul 2018',
  );
  expect(chinese).toContain('3 个项目需要处理');
  expect(chinese.find((line) => line.includes('个项目 · 截至'))).toContain('8 个项目 · 截至 2018年7月10日');
});

test('the language that was chosen on the device comes before that of the browser', async () => {
  const { html } = await opened({ ...zh, cookie: 'other=1; topout-language=en' });
  expect(readIn(html)).toContain('To do today');
  expect(readIn((await opened({ ...zh, cookie: 'topout-language=fr' })).html)).toContain('今天要处理');
});

test('what the HTML holds of the figures is stored nowhere on its way', async () => {
  const { headers } = await opened(en);
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers.vary).toBe('accept, accept-language, cookie');
});

test('a text of a project is text in the HTML, and a style is never an attribute of it', async () => {
  const nasty = '</script><img src=x onerror=alert(1)>&"\'__NONCE__ $& <!--';
  const own = await startService();
  await own.send('POST', '/projects', {
    project: 'nasty',
    name: { en: nasty },
    district: nasty,
    asOf: '2018-01-01',
  });
  const ownApp = await createHttpApp(own.composed.topout, { ...openToAll, after: world.after, page });
  await own.get('/portfolio');
  const { html } = await opened(en, ownApp);
  await ownApp.close();
  await own.close();
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<!--');
  expect(html).not.toMatch(/ style="/);
  expect(answersIn(html)?.portfolio.groups[0]?.key).toBe(nasty);
  const shown = html.replaceAll('&#x27;', "'").replaceAll('&gt;', '>');
  expect(readIn(shown.replaceAll('&lt;/script>', '&lt;/script&gt;')).join(' ')).toContain('__NONCE__ $& ');
});

test('the only script in the HTML itself is the one whose hash the policy names', async () => {
  const { html, headers } = await opened(en);
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes]) => attributes);
  expect(inline).toEqual(['', ' type="application/json" id="first-answers"']);
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/);
  expect(policy).toContain("style-src 'self' 'nonce-the-nonce'");
  for (const [, attributes] of html.matchAll(/<style([^>]*)>/g))
    expect(attributes).toContain('nonce="the-nonce"');
});

test('everybody gets only what they may see, and a stranger nothing', async () => {
  const closed = await ClosedService.start({ page });
  const browser = asBrowser(en);
  try {
    const stranger = await closed.ask('GET', '/', undefined, undefined, browser);
    expect(stranger.text).toContain('<div id="office"></div>');
    expect(stranger.text).not.toMatch(/quay|mill|Harbour|Hills|first-answers/);
    expect(stranger.headers['cache-control']).toBe('no-cache');

    const reader = await closed.person('Rei', ['auditor', districtOf('Harbour')]);
    const own = await closed.ask('GET', '/', reader.key, undefined, browser);
    const portfolio = await closed.ask('GET', '/portfolio?groupBy=district', reader.key, undefined, en);
    expect(answersIn(own.text)?.portfolio).toEqual(portfolio.body);
    expect(answersIn(own.text)?.self).toMatchObject({ mode: 'signed-in', name: 'Rei' });
    expect(readIn(own.text).join('\n')).toMatch(/Harbour · 1 project ·/);
    expect(own.text).not.toMatch(/mill|Hills/);
    expect(own.headers['cache-control']).toBe('private, no-store');

    const all = await closed.ask('GET', '/', closed.administrator, undefined, browser);
    expect(readIn(all.text).join('\n')).toContain('2 projects');

    await closed.revokeAll(reader);
    const nobodysReader = await closed.ask('GET', '/', reader.key, undefined, browser);
    expect(nobodysReader.text).not.toMatch(/quay|Harbour|first-answers/);
  } finally {
    await closed.close();
  }
});

test.each([
  ['the views are not up to date', { standing: () => ({ isMade: true, ageSeconds: 90 }) }],
  [
    'the totals cannot be computed',
    { portfolio: () => Promise.reject(new Error('an entry that cannot be folded')) },
  ],
])('while %s the page comes without figures', async (_, failing: Record<string, unknown>) => {
  const failingTopout = new Proxy(service.composed.topout, {
    get: (target, name) => failing[String(name)] ?? Reflect.get(target, name),
  });
  const failingApp = await createHttpApp(failingTopout, { ...openToAll, after: world.after, page });
  const { html, headers } = await opened(en, failingApp);
  await failingApp.close();
  expect(html).toContain('<div id="office"></div>');
  expect(html).not.toContain('first-answers');
  expect(headers['cache-control']).toBe('no-cache');
});
