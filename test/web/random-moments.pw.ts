import type { Page } from '@playwright/test';
import { addDays } from '../../domain/values/days/calendar.js';
import type { PortfolioGroup } from '../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../projections/project/project.js';
import { moneyShort, percentWords } from '../../web/shared/figures.js';
import { diceOf } from '../support/dice.js';
import { expect, test } from './browser/test.js';

/** How many points of both clocks are looked at, each on the district and on one of its projects; `MOMENTS=200` takes minutes. */
const moments = Number(process.env.MOMENTS ?? 30);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** What is compared of a district: completion and money, of all projects and of each. */
interface Figures {
  total: string[];
  rows: Record<string, [percent: string, money: string]>;
}

test('no figure of the page differs from that of the API at the same moment', async ({ page, service }) => {
  test.setTimeout(900_000);
  console.log(`random moments: ${moments} with SEED=${seed}`);
  const dice = diceOf(seed);
  const answerOf = async <Answer>(path: string) =>
    (await page.request.get(service.url + path)).json() as Promise<Answer>;
  const { knownAt: head } = await answerOf<{ knownAt: { position: number } }>('/portfolio');
  let compared = 0;
  for (let moment = 0; moment < moments; moment += 1) {
    const at = `asOf=${addDays('2017-12-01', dice.int(0, 280))}&knownAt=${dice.int(1, head.position)}`;
    const { items } = await answerOf<{ items: ProjectRow[] }>(`/projects?${at}`);
    const [row, ...others] = items;
    if (!row) continue;
    const { groups } = await answerOf<{ groups: PortfolioGroup[] }>(`/portfolio?${at}`);
    await page.goto(`${service.url}/#/?${at}`);
    await expect
      .poll(() => districtShown(page), { message: `${at}, SEED=${seed}` })
      .toEqual(districtOf(items, groups[0] as PortfolioGroup));
    const one = dice.pick([row, ...others]);
    if (!one.hasPlan) continue;
    const { completion } = await answerOf<ProjectRow>(`/projects/${one.project}?${at}`);
    await page.goto(`${service.url}/#/projects/${one.project}?${at}`);
    await expect(page.locator('main [class*=large]').first(), `${one.project}, ${at}`).toHaveText(
      percentWords(completion.percentBasisPoints, 'en'),
    );
    compared += 1;
  }
  console.log(`random moments: ${compared} projects compared`);
  expect(compared).toBeGreaterThan(moments / 2);
});

function districtOf(rows: ProjectRow[], { completion, investment }: PortfolioGroup): Figures {
  const { percentBasisPoints } = completion;
  return {
    total: [
      percentBasisPoints === null ? '–' : percentWords(percentBasisPoints, 'en'),
      ...(investment.length === 0 ? ['not reported'] : []),
      ...investment.map(({ sinceStartMinor, currency }) => moneyShort(sinceStartMinor, currency, 'en')),
    ],
    rows: Object.fromEntries(
      rows.map(({ project, hasPlan, completion, investment }) => [
        project,
        [
          hasPlan ? percentWords(completion.percentBasisPoints, 'en') : 'no plan',
          investment ? moneyShort(investment.sinceStartMinor, investment.currency, 'en') : 'not reported',
        ],
      ]),
    ),
  };
}

async function districtShown(page: Page): Promise<Figures> {
  const rows = await page.locator('table tbody tr:has(th a)').evaluateAll((lines) =>
    lines.map((line) => {
      const textOf = (selector: string) => line.querySelector(selector)?.firstChild?.textContent ?? '';
      const project = /projects\/([^/?]+)/.exec(line.querySelector('a')?.getAttribute('href') ?? '')?.[1];
      return [project, [textOf('[class*=completion]'), textOf('[class*=money]')]];
    }),
  );
  const figures = await page
    .locator('div:has(> h3)', {
      has: page.getByRole('link', { name: /^(Completion|Invested to date)$/ }),
    })
    .locator('[data-figure]')
    .allTextContents();
  return { total: figures, rows: Object.fromEntries(rows) };
}
