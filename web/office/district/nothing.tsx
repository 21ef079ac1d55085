import { Button, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useDistrictTexts } from './texts.js';

/** What is shown where no project is known: in the present what to do first. */
export function Nothing({ isPresent }: { isPresent: boolean }) {
  const say = useDistrictTexts();
  if (!isPresent) return <Text>{say('noneThen')}</Text>;
  return (
    <>
      <Text>{say('none')}</Text>
      <Text size="sm" mb="sm">
        {say('noneHint')}
      </Text>
      <Button component={Link} href="/setup/project">
        {say('register')}
      </Button>
    </>
  );
}
