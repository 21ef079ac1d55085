import { Alert, List } from '@mantine/core';
import { Problem } from '../../shared/problem.js';
import { useAlertTexts } from './texts.js';

/** Shows why the service refused a request, member by member. */
export function SaidNo({ error }: { error: unknown }) {
  const say = useAlertTexts();
  if (error === null || error === undefined) return null;
  const { title, message, faults } =
    error instanceof Problem ? error : { title: '', message: String(error), faults: [] };
  return (
    <Alert color="var(--bad)" variant="outline" role="alert" title={title || undefined} my="xs">
      {faults.length === 0 ? (
        message
      ) : (
        <List size="sm">
          {faults.map((fault) => (
            <List.Item key={fault.member}>{say('fault', { ...fault })}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
