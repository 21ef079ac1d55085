import { Alert, Anchor, Button, Fieldset, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { RecordedEvent, Rename } from '../../../../domain/project/events.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { ReceiptAnswer } from '../../../shared/answers.js';
import { tell } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import { Problem } from '../../../shared/problem.js';
import { Section } from '../../parts/section.js';
import { liesIn } from '../faults.js';
import { keep, keptUnder } from '../kept.js';
import { Refused, useFaultAt } from '../refused.js';
import { blankSaying, sayingOf } from '../saying.js';
import { SayingFields, sayingMembers } from '../saying-fields.js';
import { useSetupTexts } from '../texts.js';
import { basisWords } from './basis-words.js';
import { Begin } from './begin.js';
import { Conflict } from './conflict.js';
import { type Known, planEffect } from './draft/effect.js';
import { identityOf, isSameRename, withNewId } from './draft/identity.js';
import { type MoneyFault, moneyFaultsIn } from './draft/money-checks.js';
import { mistakesIn } from './draft/plan-checks.js';
import {
  type Base,
  byHand,
  draftOf,
  type KeptDraft,
  type PlanDraft,
  planBody,
  planIn,
  type Seed,
} from './draft/plan-draft.js';
import { withReadableIds } from './draft/readable-ids.js';
import type { Items } from './draft/tree.js';
import { useDraft } from './draft/use-draft.js';
import { EditorBar } from './editor-bar.js';
import { EffectView } from './effect-view.js';
import { ItemTree } from './item-tree.js';
import { MovedEntries } from './moved-entries.js';
import { PlanMoney } from './plan-money.js';
import { usePlanTexts } from './texts.js';

const noPeriod = { start: '', finish: '' };

/** The plan editor: from a template, a spreadsheet or by hand; shows the effect; adopts it. */
export function Editor({
  known,
  adopted,
  sector,
  onStale,
}: {
  known: Known;
  adopted: RecordedEvent<'PlanAdopted'> | undefined;
  sector: string | undefined;
  /** Reads the entries again, with that of a position if it is given. */
  onStale: (position?: number) => Promise<unknown>;
}) {
  const { project, entries, today } = known;
  const say = usePlanTexts();
  const sayFault = useSetupTexts();
  const language = useLanguage();
  const queries = useQueryClient();
  const seed = useMemo(() => keptUnder<Seed>(`plan-seed.${project}`), [project]);
  const current: KeptDraft = { draft: draftOf(adopted?.data, seed), base: baseOf(adopted) };
  const kept = useMemo(() => keptUnder<KeptDraft>(`plan.${project}`), [project]);
  const { draft, base, change, reset, undo, redo } = useDraft(project, kept ?? current, kept !== undefined);
  const [saying, setSaying] = useState(blankSaying);
  const [isTried, setTried] = useState(false);
  const [outcome, setOutcome] = useState<ReceiptAnswer['outcome']>();
  const form = useId();
  const tree = useRef<HTMLDivElement>(null);
  const changeItems = useCallback(
    (next: (items: Items) => Items) => {
      setOutcome(undefined);
      change((draft) => byHand(draft, next(draft.items)));
    },
    [change],
  );
  const changePart = (part: Partial<PlanDraft>) => {
    setOutcome(undefined);
    change((draft) => ({ ...draft, ...part }));
  };
  const revision = entries.at(-1)?.revision ?? -1;
  // A plan for an earlier day may be adopted without being in force.
  const isOvertaken = adopted !== undefined && adopted.id !== base.entry && adopted.position > base.position;
  const version = planIn(entries, base.entry ?? undefined)?.data.version;
  // A retry after a lost answer uses the same id; changed content gets a new one.
  const id = useMemo(() => crypto.randomUUID(), [draft, saying]);
  const adopt = useMutation({
    mutationFn: async () => {
      const body = {
        ...planBody(draft, identity.used, moved.filter(isStated)),
        ...sayingOf({ ...saying, asOf }),
      };
      const path = `/projects/${project}/plan`;
      return (await tell<ReceiptAnswer>('PUT', path, body, { id, revision: `"${revision}"` })).answer;
    },
    onSuccess: async (answer) => {
      keep(`plan-seed.${project}`, undefined);
      setSaying(blankSaying);
      setTried(false);
      // The sent plan is now in force: the next draft starts from it.
      const items = [...withReadableIds(draft.items, identity.used)];
      const { renames: _, ...rest } = draft;
      reset({ draft: { ...rest, items }, base: { entry: answer.id, position: answer.position, items } });
      await onStale(answer.position);
      setOutcome(answer.outcome);
      void queries.invalidateQueries({ queryKey: ['all projects'] });
    },
    onError: (problem) => {
      if (problem instanceof Problem && problem.kind === 'revision-stale') void onStale();
    },
  });
  const isStale = adopt.error instanceof Problem && adopt.error.kind === 'revision-stale';
  const sentRevision = useRef(revision);
  const faultAt = useFaultAt(isStale ? undefined : adopt.error);
  const mistakes = useMemo(() => mistakesIn(draft.items), [draft.items]);
  const moneyFaults = useMemo(() => moneyFaultsIn(draft), [draft]);
  const moneyFaultAt = (...members: string[]) => {
    const own = isTried ? moneyFaults.find(({ member }) => liesIn(member, members)) : undefined;
    return own ? faultWords(own) : faultAt(...members);
  };
  const faultWords = ({ seen, expected }: MoneyFault) =>
    sayFault('fault', { seen: seen[language], expected: expected[language] });
  // A first plan counts from its own first day, not from the day on which somebody types it.
  const asOf = saying.asOf || (adopted === undefined ? ownDay(known, draft.items) : today);
  const identity = useMemo(
    () => identityOf(entries, adopted?.data.items ?? [], asOf),
    [entries, adopted, asOf],
  );
  const isUnchanged = isSame(planBody(draft, identity.used), planBody(draftOf(adopted?.data), identity.used));
  const settled = useDeferredValue(draft.items);
  const moved = useMemo(
    () => identity.movedIn(withReadableIds(draft.items, identity.used)),
    [identity, draft.items],
  );
  const isStated = (rename: Rename) => draft.renames?.some((one) => isSameRename(one, rename)) ?? false;
  const doubted = moved.filter((rename) => !isStated(rename));
  const effectOf = useCallback(
    (items: Items) => (mistakesIn(items).length > 0 ? undefined : planEffect(known, items, asOf)),
    [known, asOf],
  );
  const effect = useMemo(() => effectOf(settled), [effectOf, settled]);
  const places = useMemo(() => new Map(draft.items.map(({ id }, at) => [id, at])), [draft.items]);
  const faultOf = (id: string) => faultAt(`items[${places.get(id)}]`);
  const bases = ['stated', ...new Set([draft.basis, adopted?.data.basis ?? 'stated'])].filter(
    (basis, at, all) => all.indexOf(basis) === at,
  );
  const toFirst = () => {
    const row = tree.current?.querySelector<HTMLElement>('[data-wrong]');
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector<HTMLElement>('[aria-invalid=true], [data-control=name]')?.focus();
  };
  const meanwhile =
    entries.length - 1 - entries.findIndex((entry) => entry.revision === sentRevision.current);
  return (
    <Stack gap="lg">
      {isOvertaken && (
        <Conflict
          base={base}
          draft={draft}
          theirs={adopted}
          onMerge={(items) => {
            adopt.reset();
            change((draft) => ({ ...byHand(draft, items), items }), baseOf(adopted));
          }}
          onTheirs={() => {
            adopt.reset();
            reset(current);
          }}
        />
      )}
      <Begin
        draft={draft}
        sector={sector ?? seed?.sector}
        period={seed ? { start: seed.start, finish: seed.finish } : noPeriod}
        identity={identity}
        effectOf={effectOf}
        onTake={changePart}
      />
      <div ref={tree}>
        <Section title={say('items')}>
          <ItemTree items={draft.items} mistakes={mistakes} faultOf={faultOf} onChange={changeItems} />
        </Section>
      </div>
      <PlanMoney draft={draft} today={today} change={changePart} faultAt={moneyFaultAt} />
      {!isUnchanged && draft.items.length > 0 && mistakes.length === 0 && <EffectView effect={effect} />}
      {doubted.length > 0 && (
        <MovedEntries
          moved={doubted}
          onSame={(rename) => changePart({ renames: [...(draft.renames ?? []), rename] })}
          onOther={(rename) => changeItems((items) => withNewId(items, rename, identity))}
        />
      )}
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          setOutcome(undefined);
          sentRevision.current = revision;
          if (mistakes.length > 0) toFirst();
          else if (moneyFaults.length === 0 && doubted.length === 0) adopt.mutate();
        }}
      >
        <Fieldset legend={say('adoptTitle')}>
          <NativeSelect
            label={say('basis')}
            maw="26rem"
            mb="sm"
            value={draft.basis}
            onChange={(event) => changePart({ basis: event.currentTarget.value })}
            data={bases.map((value) => ({ value, label: basisWords(value, say, language) }))}
          />
          <SayingFields saying={{ ...saying, asOf }} today={today} onChange={setSaying} faultAt={faultAt} />
        </Fieldset>
        {isStale && !isOvertaken && meanwhile > 0 && (
          <Alert color="var(--waits)" variant="outline" role="alert" my="xs">
            {say('meanwhile', { count: meanwhile })}
          </Alert>
        )}
        {!isStale && (
          <Refused
            error={adopt.error}
            fields={[
              'baseline',
              'plannedInvestment',
              ...annualMembers(draft),
              ...itemMembers(draft),
              ...sayingMembers,
            ]}
          />
        )}
        {isTried && mistakes.length === 0 && moneyFaults.length > 0 && (
          <Alert color="var(--bad)" variant="outline" role="alert" my="xs">
            {moneyFaults.map((fault) => (
              <Text size="sm" key={fault.member}>
                {memberWords(fault.member)}: {faultWords(fault)}
              </Text>
            ))}
          </Alert>
        )}
        {isTried && mistakes.length > 0 && (
          <Alert color="var(--bad)" variant="outline" role="alert" my="xs">
            {say('mistakes', { count: mistakes.length })}
            {mistakes.flatMap(({ item, mistake }) =>
              item === undefined ? (
                <Text size="sm" key={mistake}>
                  {say(`mistake.${mistake}`)}
                </Text>
              ) : (
                []
              ),
            )}
            <Button size="xs" variant="default" mt="xs" display="block" onClick={toFirst}>
              {say('toMistake')}
            </Button>
          </Alert>
        )}
      </form>
      <EditorBar
        form={form}
        isBusy={adopt.isPending}
        mayAdopt={!isUnchanged && !isOvertaken && doubted.length === 0}
        undo={undo}
        redo={redo}
        onDrop={isUnchanged ? undefined : () => reset(current)}
      >
        {statusWords()}
        {outcome && (
          <Anchor component={Link} href={`/projects/${project}`} ml="sm">
            {say('toProject')}
          </Anchor>
        )}
      </EditorBar>
    </Stack>
  );

  /** The year and month of a member: `2018`, `2018-03`. */
  function memberWords(member: string): string {
    const [, at, place] = /^annualPlans\[(\d+)\](?:\.months\[(\d+)\])?/.exec(member) ?? [];
    const year = draft.annual[Number(at)];
    const month = place === undefined ? undefined : year?.months?.[Number(place)]?.month;
    return [year?.year || say(year ? 'annual' : 'investment'), month && String(month).padStart(2, '0')]
      .filter(Boolean)
      .join('-');
  }

  function statusWords(): string {
    if (outcome === 'already-said') return say('alreadySaid');
    if (outcome) return say('adopted', { version: version ?? '' });
    if (!isUnchanged) return say('kept');
    return adopted ? say('unchanged') : '';
  }
}

/** The first planned day of a plan, once the project is registered; today if that is to come. */
function ownDay({ entries, today }: Known, items: Items): string {
  const starts = items.flatMap(({ plannedStart }) => plannedStart ?? []);
  const registered = entries[0]?.entry.asOf ?? today;
  const first = starts.sort()[0] ?? today;
  const own = first > registered ? first : registered;
  return own < today && starts.length > 0 ? own : today;
}

function baseOf(adopted: RecordedEvent<'PlanAdopted'> | undefined): Base {
  return { entry: adopted?.id ?? null, position: adopted?.position ?? 0, items: adopted?.data.items ?? [] };
}

function itemMembers({ items }: PlanDraft): string[] {
  return items.map((_, at) => `items[${at}]`);
}

function annualMembers({ annual }: PlanDraft): string[] {
  return annual.flatMap((_, at) => [
    `annualPlans[${at}].year`,
    `annualPlans[${at}].investment`,
    `annualPlans[${at}].months`,
  ]);
}
