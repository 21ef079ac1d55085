import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SpokenWord } from '../../../../domain/values/lexicon/phrases.js';
import { pasted } from './lexicon-draft.js';
import { useLexiconTexts } from './texts.js';

/** Takes over phrases that were pasted from a table, each with the word it means. */
export function PastePhrases({
  words,
  onChange,
}: {
  words: readonly SpokenWord[];
  onChange: (words: readonly SpokenWord[]) => void;
}) {
  const say = useLexiconTexts();
  const [text, setText] = useState('');
  const [last, setFound] = useState<{ taken: number; unread: string[] }>();
  const take = () => {
    const found = pasted(text, words);
    onChange(found.words);
    setFound(found);
    setText(found.unread.join('\n'));
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={say('paste')}
        description={say('pasteHint')}
        autosize
        minRows={3}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button size="xs" variant="default" disabled={text.trim() === ''} onClick={take}>
          {say('pasteTake')}
        </Button>
      </div>
      <div role="status">
        {last && <Text size="sm">{say('pasteTaken', { count: last.taken })}</Text>}
        {last && last.unread.length > 0 && (
          <Text size="sm" c="var(--bad)">
            {say('pasteUnread', { lines: last.unread.join(' · ') })}
          </Text>
        )}
      </div>
    </Stack>
  );
}
