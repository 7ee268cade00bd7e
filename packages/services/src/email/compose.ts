import type { EmailMessage } from '../ports.ts';
import { type Sentence, escapeHtml, html, plain } from './sentence.ts';

/** What an e-mail says. A paragraph or a subject that holds a name is a `sentence`. */
export interface EmailContent {
  to: string;
  subject: string | Sentence;
  /** What stands before the link. */
  before: readonly (string | Sentence)[];
  /** Figures with their labels, texts of ours. */
  facts?: readonly (readonly [label: string, value: string])[];
  /** Missing in an e-mail that only tells something. */
  link?: { label: string; url: string };
  /** What stands after the link. */
  after?: readonly (string | Sentence)[];
  /** Why somebody gets the e-mail. */
  footer?: string | Sentence;
}

/** The e-mail in its two parts, plain text and HTML, which say the same. */
export function composeEmail(content: EmailContent): EmailMessage {
  const { to, subject, before, facts = [], link, after = [], footer } = content;
  const figures = facts.map(([label, value]) => `${label}: ${value}`).join('\n');
  const text = [
    ...before.map(plain),
    ...(facts.length === 0 ? [] : [figures]),
    ...(link === undefined ? [] : [`${link.label}:\n${link.url}`]),
    ...after.map(plain),
    ...(footer === undefined ? [] : [`-- \n${plain(footer)}`]),
  ];
  return { to, subject: plain(subject), text: text.join('\n\n'), html: page(content) };
}

/** It asks mail clients not to make links of numbers, dates and addresses, and to keep the colours of dark mode. */
const head =
  '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
  '<meta name="viewport" content="width=device-width, initial-scale=1">' +
  '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">' +
  '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">';

/** What a mail client does with dark mode by itself is overridden; whoever drops this block shows the light colours. */
const dark =
  '<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){' +
  '.page{background:#14171c!important}.card{background:#1e2229!important;border-color:#343a45!important}' +
  '.ink,.ink bdi{color:#eceff4!important}.quiet{color:#a3acba!important}.line{border-color:#343a45!important}' +
  '.button{background:#7aa7ff!important;color:#0c1320!important}}</style>';

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
const styles = {
  page: `margin:0;padding:0;background:#f2f4f7;${font}`,
  outer: 'padding:32px 16px',
  card: 'max-width:560px;background:#ffffff;border:1px solid #dfe3ea;border-radius:12px;padding:32px 24px 16px;text-align:left',
  title: `margin:0 0 20px;${font}font-size:21px;line-height:28px;font-weight:600;color:#171b22;overflow-wrap:anywhere`,
  text: `margin:0 0 16px;${font}font-size:16px;line-height:25px;color:#171b22;overflow-wrap:anywhere`,
  table: 'border-collapse:collapse;margin:8px 0 24px;width:100%',
  label: `${font}font-size:15px;line-height:22px;color:#5a6472;padding:10px 16px 10px 0;border-top:1px solid #dfe3ea;text-align:left;vertical-align:top;font-weight:400;white-space:nowrap`,
  value: `${font}font-size:15px;line-height:22px;color:#171b22;padding:10px 0;border-top:1px solid #dfe3ea;text-align:right;font-weight:600;overflow-wrap:anywhere`,
  button: `display:inline-block;${font}font-size:16px;line-height:24px;font-weight:600;color:#ffffff;background:#1f5fd6;border-radius:8px;padding:12px 22px;text-decoration:none`,
  action: 'margin:24px 0',
  footer: `max-width:560px;margin:0 auto;padding:16px 8px 0;${font}font-size:13px;line-height:20px;color:#5a6472;text-align:left;overflow-wrap:anywhere`,
} as const;

function page({ subject, before, facts = [], link, after = [], footer }: EmailContent): string {
  const paragraph = (part: string | Sentence) => `<p class="ink" style="${styles.text}">${html(part)}</p>`;
  const row = ([label, value]: readonly [string, string]) =>
    `<tr><th scope="row" class="quiet line" style="${styles.label}">${escapeHtml(label)}</th>` +
    `<td class="ink line" style="${styles.value}">${escapeHtml(value)}</td></tr>`;
  const table = `<table style="${styles.table}">${facts.map(row).join('')}</table>`;
  const button =
    link &&
    `<p style="${styles.action}"><a class="button" style="${styles.button}" href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`;
  const body = [
    `<h1 class="ink" style="${styles.title}">${html(subject)}</h1>`,
    ...before.map(paragraph),
    ...(facts.length === 0 ? [] : [table]),
    ...(button === undefined ? [] : [button]),
    ...after.map(paragraph),
  ].join('');
  const end = footer === undefined ? '' : `<div class="quiet" style="${styles.footer}">${html(footer)}</div>`;
  return (
    `${head}<title>${escapeHtml(plain(subject))}</title>${dark}</head><body class="page" style="${styles.page}">` +
    `<table role="presentation" class="page" style="width:100%;background:#f2f4f7"><tr><td align="center" style="${styles.outer}">` +
    `<div class="card" style="${styles.card}">${body}</div>${end}</td></tr></table></body></html>`
  );
}
