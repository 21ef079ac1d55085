import { Anchor, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useSetupTexts } from './texts.js';

/** The heading of a set-up screen, with links to the other screens. */
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
