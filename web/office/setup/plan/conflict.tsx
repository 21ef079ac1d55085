import { Alert, Button, Group, Text } from '@mantine/core';
import type { RecordedEvent } from '../../../../domain/project/events.js';
import { listed } from '../../../../domain/values/punctuation.js';
import { nameWords } from '../../../../domain/values/words.js';
import { authorOf } from '../../../../projections/words/author-words.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useAuthor } from '../../use/authors.js';
import { merged } from './draft/merge.js';
import type { Base, PlanDraft } from './draft/plan-draft.js';
import type { Items } from './draft/tree.js';
import { usePlanTexts } from './texts.js';

/** Shows what somebody else changed since the draft was started, and how to continue. */
export function Conflict({
  base,
  draft,
  theirs,
  onMerge,
  onTheirs,
}: {
  base: Base;
  draft: PlanDraft;
  theirs: RecordedEvent<'PlanAdopted'>;
  onMerge: (items: Items) => void;
  onTheirs: () => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const author = useAuthor();
  const { items, disputed, taken } = merged(base.items, draft.items, theirs.data.items);
  const known = new Map(
    [...base.items, ...draft.items, ...theirs.data.items].map(({ id, name }) => [id, name]),
  );
  const namesOf = (ids: readonly string[]) =>
    listed(
      ids.map((id) => nameWords(known.get(id), id)[language]),
      language,
    );
  return (
    <Alert color="var(--waits)" variant="outline" role="alert" title={say('conflict')}>
      <Text size="sm">
        {say('conflictBy', {
          version: theirs.data.version,
          by: author(authorOf(theirs)),
          at: instantWords(theirs.recordedAt, language),
        })}
      </Text>
      {taken.length > 0 && <Text size="sm">{say('conflictTaken', { names: namesOf(taken) })}</Text>}
      {disputed.length > 0 && <Text size="sm">{say('conflictDisputed', { names: namesOf(disputed) })}</Text>}
      {taken.length + disputed.length === 0 && <Text size="sm">{say('conflictNothing')}</Text>}
      <Group gap="xs" mt="sm">
        <Button size="xs" onClick={() => onMerge(items)}>
          {say('takeUp')}
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs}>
          {say('takeTheirs')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onMerge(draft.items)}>
          {say('keepMine')}
        </Button>
      </Group>
    </Alert>
  );
}
