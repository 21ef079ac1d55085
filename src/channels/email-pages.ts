import type { Severity } from '../../domain/governance/rules.js';
import { escaped } from './email-plain.js';
import type { Letter, LetterAlert } from './notice.js';

/** A letter as plain text. */
export function textOf(letter: Letter): string {
  const colon = letter.language === 'zh' ? '：' : ': ';
  const alertText = ({ headline, lines }: LetterAlert) =>
    [headline, ...lines.map(({ label, text }) => `  ${label}${colon}${text}`)].join('\n');
  const { links, closing } = letter;
  return [
    letter.opening,
    ...letter.groups.flatMap(({ project, alerts }) => [`# ${project}`, ...alerts.map(alertText)]),
    ...letter.remarks.map((remark) => `* ${remark}`),
    [
      ...(links ? [`${closing.alerts}${colon}${links.alerts}`] : []),
      ...(links ? [`${closing.unsubscribe}${colon}${links.unsubscribe}`] : []),
      closing.sent,
    ].join('\n'),
    '',
  ].join('\n\n');
}

const colours: Readonly<Record<Severity, string>> = { blue: '#1565c0', yellow: '#f9a825', red: '#c62828' };
const cleared = '#2e7d32';

/** A letter as HTML for small screens; it loads no resources. */
export function htmlOf(letter: Letter): string {
  const { links, closing } = letter;
  const body = [
    `<p>${escaped(letter.opening)}</p>`,
    ...letter.groups.flatMap(({ project, alerts }) => [
      `<h2 style="font-size:1.2em;margin:1.2em 0 .4em">${escaped(project)}</h2>`,
      ...alerts.map(alertHtml),
    ]),
    ...letter.remarks.map((remark) => `<p>${escaped(remark)}</p>`),
    '<hr style="border:0;border-top:1px solid #ccc">',
    ...(links
      ? [
          `<p><a href="${escaped(links.alerts)}">${escaped(closing.alerts)}</a> · <a href="${escaped(links.unsubscribe)}">${escaped(closing.unsubscribe)}</a></p>`,
        ]
      : []),
    `<p style="color:#666">${escaped(closing.sent)}</p>`,
  ];
  return `<!doctype html>
<html lang="${letter.language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(letter.subject)}</title>
</head>
<body style="font-family:sans-serif;line-height:1.5;max-width:42em;margin:0 auto;padding:0 1em;overflow-wrap:anywhere">
${body.join('\n')}
</body>
</html>
`;
}

function alertHtml({ severity, headline, lines }: LetterAlert): string {
  const colour = severity === null ? cleared : colours[severity];
  const rows = lines.map(({ label, text }) => `<br><b>${escaped(label)}</b> ${escaped(text)}`);
  return `<p style="border-left:4px solid ${colour};margin:.6em 0;padding-left:.8em"><strong>${escaped(headline)}</strong>${rows.join('')}</p>`;
}
