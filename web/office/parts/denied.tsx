import { Alert, Button, Text } from '@mantine/core';
import { Link } from 'wouter';
import { anyWords, missingWords } from '../../../domain/access/permission-words.js';
import type { Permission } from '../../../domain/access/permissions.js';
import { useLanguage } from '../../shared/language.js';
import { useOfficeTexts } from '../texts.js';
import { useMay, useSelf } from '../use/self.js';

/** Says which role is missing for any of some permissions, and who grants it. */
export function Denied({ needs }: { needs: readonly Permission[] }) {
  const say = useOfficeTexts();
  const language = useLanguage();
  const may = useMay();
  const self = useSelf();
  const { expected } = missingWords(needs);
  const hasNothing = self !== undefined && Object.keys(self.permissions).length === 0;
  return (
    <Alert color="var(--waits)" variant="outline" title={say('denied')} role="status" my="md">
      <Text size="sm">
        {say('deniedNeeds', { what: anyWords(needs)[language], role: expected[language] })}
      </Text>
      {hasNothing && (
        <Text size="sm" mt="xs">
          {say('deniedNoRole')}
        </Text>
      )}
      {may('project-read') && (
        <Button size="xs" mt="sm" component={Link} href="/">
          {say('toDistrict')}
        </Button>
      )}
    </Alert>
  );
}
