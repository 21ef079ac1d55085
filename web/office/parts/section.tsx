import { Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/**
 * A section of the screen with its heading.
 *
 * @param aside content beside the heading, such as buttons
 */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" align="baseline" mb="xs" gap="xs">
        <Title order={3} size="h4" id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </section>
  );
}
