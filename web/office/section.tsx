import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A part of the screen with its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} size="h4" mb="xs" id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}
