import { Anchor, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useSetupTexts } from './texts.js';

/** The heading of a screen of the set-up, with the way back to the others. */
export function Head({ title }: { title: string }) {
  const say = useSetupTexts();
  return (
    <div>
      <Anchor component={Link} href="/setup" size="sm">
        ‹ {say('back')}
      </Anchor>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
    </div>
  );
}
