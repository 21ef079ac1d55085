import { useEffect, useState } from 'react';
import { draftName, draftsUnder } from '../../forms/drafts.js';
import type { ItemName, ProjectItems } from '../../forms/said/known.js';
import { labelOf, offered } from '../../forms/said/wholes.js';
import { useAround } from '../around.js';
import { addressOf } from '../place.js';
import { itemsOf, type ProjectName } from './catalog.js';

/** Second tap: the item, or a fact about the whole project. */
export function PickItem({ id, projects }: { id: string; projects: readonly ProjectName[] }) {
  const { t, nameOf, language } = useAround();
  const known = useItems(id);
  const project = projects.find((one) => one.project === id);
  const items = known && known !== 'none' ? known.items : [];
  const drafts = new Set(draftsUnder(id));
  const mark = (what: string) => drafts.has(draftName(id, what)) && <em>{t('draftMark')}</em>;
  const parentOf = ({ parent }: ItemName) => items.find(({ item }) => item === parent);
  return (
    <>
      <h1>{project ? nameOf(project.names) : id}</h1>
      <h2>{t('items')}</h2>
      {known === undefined && <p className="quiet">{t('loading')}</p>}
      {known !== undefined && items.length === 0 && <p className="quiet">{t('noItems')}</p>}
      <ul className="rows">
        {items.map((item) => {
          const parent = parentOf(item);
          return (
            <li key={item.item}>
              <a
                className={item.isGroup ? 'row is-group' : 'row'}
                href={addressOf({ at: 'say', project: id, what: item.item })}
              >
                <span>
                  {nameOf(item.names)}
                  {item.isGroup ? (
                    <small>{t('groupOf', { count: partsOf(item, items) })}</small>
                  ) : (
                    parent && <small>{nameOf(parent.names)}</small>
                  )}
                </span>
                {mark(item.item)}
                {item.status === 'stated' && <b>{`${Math.round(item.percentBasisPoints / 100)} %`}</b>}
              </a>
            </li>
          );
        })}
      </ul>
      <h2>{t('project')}</h2>
      <ul className="tiles">
        {offered.map((whole) => (
          <li key={whole.what}>
            <a className="tile" href={addressOf({ at: 'say', project: id, what: whole.what })}>
              {labelOf(whole, language)} {mark(whole.what)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The number of items right below a group. */
function partsOf({ item }: ItemName, items: readonly ItemName[]): number {
  return items.filter(({ parent }) => parent === item).length;
}

/** The items of a project; `none` when they are neither cached nor reachable. */
export function useItems(project: string): ProjectItems | 'none' | undefined {
  const [known, setKnown] = useState<ProjectItems | 'none'>();
  useEffect(() => {
    let isCurrent = true;
    void itemsOf(project).then((found) => {
      if (isCurrent) setKnown(found ?? 'none');
    });
    return () => {
      isCurrent = false;
    };
  }, [project]);
  return known;
}
