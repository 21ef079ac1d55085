import { Skeleton } from '@mantine/core';
import { listed } from '../../../../domain/values/punctuation.js';
import { nameWords } from '../../../../domain/values/words.js';
import type { GroupInvestment } from '../../../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../../../projections/project/project.js';
import { moneyShort } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useDistrictTexts } from '../texts.js';
import { AnnualPlan } from './annual-plan.js';
import { Change, NoChange, type NowAndThen, type Then, Tile, useHere } from './tile.js';
import styles from './tiles.module.css';

/** How many projects have a part of the bar of their own. */
const partsMost = 5;
/** How many are named. */
const namedMost = 2;

/** Money since the start by basis and currency; the only sum also as a bar of the projects with most. */
export function MoneyTile({
  total,
  then,
  awaits,
  rows,
  nameOf,
}: NowAndThen & {
  rows: readonly ProjectRow[] | undefined;
  nameOf: ((project: string) => string) | undefined;
}) {
  const say = useDistrictTexts();
  const here = useHere();
  const language = useLanguage();
  const { investment, headline, annualPlans } = total;
  return (
    <Tile title={say('money')} href={here({ sort: '-money' })}>
      {investment.length === 0 && (
        <p className={styles.figure} data-figure>
          {say('noMoney')}
        </p>
      )}
      {investment.map(({ basis, currency, sinceStartMinor, reported, of }) => (
        <div key={`${basis} ${currency}`}>
          <p className={styles.figure} data-figure>
            {moneyShort(sinceStartMinor, currency, language)}
          </p>
          {headline && <Shares of={headline} rows={rows} />}
          <p className={styles.small}>{say('moneyOf', { basis: say(basis), reported, of })}</p>
          {then && <Grown of={total.investment} then={then} basis={basis} currency={currency} />}
          {awaits && <NoChange />}
        </div>
      ))}
      {annualPlans.map((plan) => (
        <AnnualPlan key={`${plan.year} ${plan.currency}`} plan={plan} nameOf={nameOf} />
      ))}
    </Tile>
  );
}

/** The change of one sum; nothing reported before counts as none. */
function Grown({
  of,
  then,
  basis,
  currency,
}: {
  of: readonly GroupInvestment[];
  then: Then;
} & Pick<GroupInvestment, 'basis' | 'currency'>) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const [now, before] = [of, then.total.investment].map(
    (sums) => sums.find((sum) => sum.basis === basis && sum.currency === currency)?.sinceStartMinor ?? 0,
  ) as [number, number];
  const by = now - before;
  return (
    <Change day={then.day} worse={by === 0 ? undefined : by < 0}>
      {by === 0 ? say('unchanged') : `${by < 0 ? '−' : '+'}${moneyShort(Math.abs(by), currency, language)}`}
    </Change>
  );
}

/** The projects with most money as parts of one bar, the rest as the last part. */
function Shares({ of, rows }: { of: GroupInvestment; rows: readonly ProjectRow[] | undefined }) {
  const language = useLanguage();
  const say = useDistrictTexts();
  if (!rows) return <Skeleton className={styles.partsAwaited} />;
  const parts = rows
    .flatMap(({ project, name, investment }) =>
      investment?.basis === of.basis && investment.currency === of.currency
        ? [{ name: nameWords(name, project)[language], minor: investment.sinceStartMinor }]
        : [],
    )
    .sort((a, b) => b.minor - a.minor);
  const own = parts.slice(0, partsMost);
  const rest = parts.slice(partsMost).reduce((sum, { minor }) => sum + minor, 0);
  const money = (minor: number) => moneyShort(minor, of.currency, language);
  const named = own.slice(0, namedMost).map(({ name, minor }) => `${name} ${money(minor)}`);
  const others = of.sinceStartMinor - own.slice(0, namedMost).reduce((sum, { minor }) => sum + minor, 0);
  const words = [
    ...named,
    ...(others > 0 && parts.length > namedMost ? [say('others', { money: money(others) })] : []),
  ];
  return (
    <>
      <div className={styles.shares} role="img" aria-label={listed(words, language)}>
        {own.map(({ name, minor }) => (
          <i key={name} style={{ flexGrow: minor }} />
        ))}
        {rest > 0 && <i style={{ flexGrow: rest }} />}
      </div>
      <p className={`${styles.small} ${styles.parts}`}>{words.join(language === 'zh' ? '，' : ', ')}</p>
    </>
  );
}
