import { Anchor, Button, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Failed } from '../../forms/fact-form.js';
import { RefusalWords } from '../../forms/refusal-words.js';
import { usePlaceOf } from '../../shared/moment.js';
import { Problem } from '../../shared/problem.js';
import { useLogTexts } from './texts.js';

/** Why a fact is not recorded, or why nobody knows whether it is; the form keeps what was typed. */
export function NotLogged({
  project,
  failed,
}: {
  project: string;
  failed: Omit<Failed, 'id'> & { id?: string };
}) {
  const say = useLogTexts();
  const placeOf = usePlaceOf();
  const { error, fact, id, again } = failed;
  const problem = error instanceof Problem ? error : new Problem('unreadable', 0, '', String(error));
  if (problem.kind === 'event-id-reused' && id)
    return (
      <>
        <Text size="sm">{say('reused')}</Text>
        <Anchor size="sm" component={Link} href={placeOf(`/projects/${project}/log/${id}`)}>
          {say('correctIt')}
        </Anchor>
      </>
    );
  if (isUnknown(problem))
    return (
      <>
        <Text size="sm" fw={600}>
          {say('unknown')}
        </Text>
        <Text size="sm">
          {say('unknownHint')} {problem.title}
        </Text>
        <Button size="xs" mt="xs" variant="default" onClick={again}>
          {say('sendAgain')}
        </Button>
      </>
    );
  return (
    <>
      <RefusalWords
        title={problem.title || say('refused')}
        detail={problem.message}
        errors={problem.faults}
        fact={fact}
      />
      <Text size="sm">{say('notRecorded')}</Text>
      {problem.isPassing && (
        <Button size="xs" mt="xs" variant="default" onClick={again}>
          {say('sendAgain')}
        </Button>
      )}
    </>
  );
}

/** True if the entry may be recorded: there was no answer, or not one of the service, or the service does not know. */
function isUnknown({ kind, status }: Problem): boolean {
  return kind === 'unreachable' || kind === 'outcome-unknown' || (kind === 'unreadable' && status !== 413);
}
