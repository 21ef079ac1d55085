import type { Asking } from './channel.js';
import { escaped, plain } from './email-plain.js';

/** The mail with a request for consent to the owner of an address; text and HTML have the same content. */
export interface ConfirmationMail {
  subject: string;
  text: string;
  html: string;
}

const words = {
  en: {
    subject: 'Do you want alerts at this address?',
    opening: (name: string) => `Somebody has entered this address for alerts of Topout, as "${name}".`,
    button: 'To receive them, open this link and press the button:',
    path: 'To receive them, open this path at the address where you reach Topout, and press the button:',
    until: (time: string) =>
      `The link is good until ${time}. Without your confirmation nothing else is sent.`,
  },
  zh: {
    subject: '是否在此邮箱接收预警？',
    opening: (name: string) => `有人将此邮箱登记为接收 Topout 预警的地址，名称为“${name}”。`,
    button: '如需接收，请打开以下链接并按下按钮：',
    path: '如需接收，请在您访问 Topout 的网址后打开以下路径，并按下按钮：',
    until: (time: string) => `链接有效期至 ${time}。未经您确认，不会发送其他邮件。`,
  },
};

/** Renders it in the language of the subscription. */
export function confirmationMail({ name, language, timeZone, link, confirmBy }: Asking): ConfirmationMail {
  const say = words[language];
  const isWhole = /^https?:/.test(link);
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const opening = say.opening(plain(name, 100));
  const how = isWhole ? say.button : say.path;
  const until = say.until(`${time.format(new Date(confirmBy))} (${timeZone})`);
  const shown = isWhole ? `<a href="${escaped(link)}">${escaped(link)}</a>` : escaped(link);
  return {
    subject: say.subject,
    text: `${[opening, how, link, until].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><title>${escaped(say.subject)}</title></head>
<body style="font-family:sans-serif;line-height:1.5;max-width:42em;margin:0 auto;padding:0 1em;overflow-wrap:anywhere">
<p>${escaped(opening)}</p>
<p>${escaped(how)}</p>
<p>${shown}</p>
<p>${escaped(until)}</p>
</body>
</html>
`,
  };
}
