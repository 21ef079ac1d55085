import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Effect } from './draft/effect.js';
import type { Identity } from './draft/identity.js';
import type { PlanDraft } from './draft/plan-draft.js';
import type { Items } from './draft/tree.js';
import { withYears } from './paste/annual-columns.js';
import { PastePanel } from './paste/paste-panel.js';
import { TemplatePanel } from './template-panel.js';
import { usePlanTexts } from './texts.js';

type Panel = 'template' | 'paste';

/** Starting points for a plan: a template or a spreadsheet; the first is open if the plan has no items. */
export function Begin({
  draft,
  sector,
  period,
  identity,
  effectOf,
  onTake,
}: {
  draft: PlanDraft;
  sector: string | undefined;
  period: { start: string; finish: string };
  identity: Identity;
  /** What adopting items would change today. */
  effectOf: (items: Items) => Effect | undefined;
  onTake: (part: Partial<PlanDraft>) => void;
}) {
  const say = usePlanTexts();
  const [panel, setPanel] = useState<Panel | undefined>(draft.items.length === 0 ? 'template' : undefined);
  const close = () => setPanel(undefined);
  const take = (part: Partial<PlanDraft>) => {
    onTake(part);
    close();
  };
  return (
    <>
      <Group gap="xs">
        {(['template', 'paste'] as const).map((name) => (
          <Button
            key={name}
            size="xs"
            variant={panel === name ? 'filled' : 'default'}
            aria-expanded={panel === name}
            onClick={() => setPanel(panel === name ? undefined : name)}
          >
            {say(name === 'template' ? 'fromTemplate' : 'fromSheet')}
          </Button>
        ))}
      </Group>
      {panel === 'template' && <TemplatePanel sector={sector} first={period} draft={draft} onTake={take} />}
      {panel === 'paste' && (
        <PastePanel
          items={draft.items}
          identity={identity}
          renames={draft.renames ?? []}
          effectOf={effectOf}
          onTake={(items, renames, years) =>
            take({ items, renames, basis: 'stated', annual: withYears(draft.annual, years) })
          }
          onCancel={close}
        />
      )}
    </>
  );
}
