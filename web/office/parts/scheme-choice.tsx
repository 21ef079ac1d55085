import { NativeSelect } from '@mantine/core';
import { chooseScheme, type SchemeChoice, schemeChoices, useSchemeChoice } from '../../shared/scheme.js';
import { useOfficeTexts } from '../texts.js';

/** Chooses light or dark colours, or those of the device. */
export function SchemeChoiceField() {
  const say = useOfficeTexts();
  return (
    <NativeSelect
      size="xs"
      w="7.5rem"
      aria-label={say('scheme')}
      value={useSchemeChoice()}
      onChange={(event) => chooseScheme(event.currentTarget.value as SchemeChoice)}
      data={schemeChoices.map((choice) => ({ value: choice, label: say(`scheme.${choice}`) }))}
    />
  );
}
