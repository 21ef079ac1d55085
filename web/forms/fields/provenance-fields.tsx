import { longestOnBehalfOf } from '../../../domain/values/author.js';
import styles from '../forms.module.css';
import type { ReportTyped, Unnamed } from '../said/provenance.js';
import { useFormTexts } from '../texts.js';
import { ChipsField } from './chips.js';
import { LongTextField, TextField } from './text-field.js';

/** Where on the site, for whom, and, folded out, the report from which the entry is copied. */
export function ProvenanceFields({
  place,
  onBehalfOf,
  report,
  isOnSite,
  onPlace,
  onOnBehalfOf,
  onReport,
}: {
  place: string;
  /** For whom it is entered; empty for the user. */
  onBehalfOf: string;
  report: ReportTyped;
  /** The user of this page is on the site: an entry is an inspection by default, and reports are folded away. */
  isOnSite: boolean;
  onPlace(place: string): void;
  onOnBehalfOf(name: string): void;
  onReport(report: ReportTyped): void;
}) {
  const { t } = useFormTexts();
  const typed = (member: 'document' | 'paragraph' | 'quote') => ({
    value: report[member],
    onChange: (text: string) => onReport({ ...report, [member]: text }),
  });
  const { document, unnamed } = report;
  const unnamedText = t(unnamed === 'inspection' ? 'seenOnSite' : 'notSaid');
  return (
    <>
      <TextField label={t('place')} maxLength={200} value={place} onChange={onPlace} />
      <TextField
        label={t('onBehalfOf')}
        hint={t('onBehalfOfHint')}
        maxLength={longestOnBehalfOf}
        value={onBehalfOf}
        onChange={onOnBehalfOf}
      />
      <details className={styles.report} open={!isOnSite || undefined}>
        <summary>{document === '' ? unnamedText : t('fromReport', { document })}</summary>
        {!isOnSite && document === '' && (
          <ChipsField
            label={t('source')}
            choices={[
              ['unstated', t('source.unstated')],
              ['inspection', t('source.inspection')],
            ]}
            value={unnamed}
            onChange={(next) => onReport({ ...report, unnamed: next as Unnamed })}
          />
        )}
        <TextField
          label={t('document')}
          hint={t(isOnSite ? 'documentHint' : 'documentHintOffice')}
          maxLength={200}
          {...typed('document')}
        />
        <TextField label={t('paragraph')} maxLength={100} {...typed('paragraph')} />
        <LongTextField label={t('quote')} most={2000} {...typed('quote')} />
      </details>
    </>
  );
}
