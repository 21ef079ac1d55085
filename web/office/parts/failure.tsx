import { Alert, Button, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Problem } from '../../shared/problem.js';
import { useReach } from '../../shared/reach.js';
import { PartNotLoaded } from '../room.js';
import { useOfficeTexts } from '../texts.js';

/** Explains an error and offers a retry. */
export function Failure({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const say = useOfficeTexts();
  const { title, detail } = useWords(error);
  const isElsewhere = error instanceof Problem && error.status === 404;
  return (
    <Alert color="var(--bad)" variant="outline" title={title} role="alert" my="md">
      {detail.filter(Boolean).map((line) => (
        <Text size="sm" mb="sm" key={line}>
          {line}
        </Text>
      ))}
      <Group gap="xs">
        {isElsewhere && (
          <Button size="xs" component={Link} href="/">
            {say('toDistrict')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onAgain}>
          {say('again')}
        </Button>
      </Group>
    </Alert>
  );
}

/** The text for an error: the service's own words, or the page's words for anything in front of the service. */
function useWords(error: unknown): { title: string; detail: string[] } {
  const say = useOfficeTexts();
  const { lost } = useReach();
  if (error instanceof PartNotLoaded) {
    const isAway = lost === 'unreachable';
    return { title: say('notLoaded'), detail: [say(isAway ? 'notLoadedUnreachable' : 'notLoadedOther')] };
  }
  if (!(error instanceof Problem))
    return { title: say('refused'), detail: [error instanceof Error ? error.message : String(error)] };
  const { kind, status, title, message } = error;
  if (kind === 'unreachable') return { title: say('unreachable'), detail: [say('unreachableDetail')] };
  if (kind === 'not-permitted') return { title: title || say('denied'), detail: [message] };
  if (error.isOfAccess)
    return { title: say('noAccess'), detail: [say(status === 401 ? 'access401' : 'access403'), message] };
  if (kind === 'unreadable' && status < 300)
    return { title: say('refused'), detail: [say('login', { status }), message] };
  if (kind === 'unreadable') return { title: say('refused'), detail: [say('status', { status }), message] };
  return { title: title || say('refused'), detail: [message] };
}
