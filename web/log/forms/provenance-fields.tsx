import { useAround } from '../around.js';
import type { ReportTyped } from './provenance.js';

/** Where on the site, and, folded out, the report from which the entry is copied. */
export function ProvenanceFields({
  place,
  report,
  onPlace,
  onReport,
}: {
  place: string;
  report: ReportTyped;
  onPlace(place: string): void;
  onReport(report: ReportTyped): void;
}) {
  const { t } = useAround();
  const typed = (member: keyof ReportTyped) => ({
    className: 'field',
    value: report[member],
    onChange: (event: { target: { value: string } }) => onReport({ ...report, [member]: event.target.value }),
  });
  const { document } = report;
  return (
    <>
      <label className="labelled">
        {t('place')}
        <input
          className="field"
          maxLength={200}
          value={place}
          onChange={(event) => onPlace(event.target.value)}
        />
      </label>
      <details className="report">
        <summary>{document === '' ? t('seenOnSite') : t('fromReport', { document })}</summary>
        <label className="labelled">
          {t('document')}
          <input maxLength={200} {...typed('document')} />
          <small>{t('documentHint')}</small>
        </label>
        <label className="labelled">
          {t('paragraph')}
          <input maxLength={100} {...typed('paragraph')} />
        </label>
        <label className="labelled">
          {t('quote')}
          <textarea rows={2} maxLength={2000} {...typed('quote')} />
        </label>
      </details>
    </>
  );
}
