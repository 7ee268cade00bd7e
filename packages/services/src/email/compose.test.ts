import { describe, expect, it } from 'vitest';
import { composeEmail } from './compose.ts';
import { sentence } from './sentence.ts';

const url = 'https://portal.test/invitation#token=abc&x="1"';
const to = 'ada@example.test';
const ofName = (name: string) =>
  composeEmail({
    to,
    subject: sentence`You are invited to ${name}`,
    before: [sentence`${'Eve'} invites you to join ${name}. Follow this link:`],
    link: { label: 'Accept <it>', url },
    after: ['If it was not & you, nothing needs to be done.'],
  });

/** The HTML without how it looks. */
const bareOf = (html: string) =>
  html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/ (?:class|style|content)="[^"]*"/g, '');

describe('an e-mail', () => {
  it('says the same in plain text and in HTML', () => {
    const { subject, text, html } = ofName('Example Ltd');
    expect(subject).toBe('You are invited to “Example Ltd”');
    expect(text).toBe(
      `“Eve” invites you to join “Example Ltd”. Follow this link:\n\nAccept <it>:\n${url}\n\nIf it was not & you, nothing needs to be done.`,
    );
    const bare = bareOf(html);
    expect(bare).toContain(
      '<p><bdi>“Eve”</bdi> invites you to join <bdi>“Example Ltd”</bdi>. Follow this link:</p>' +
        '<p><a href="https://portal.test/invitation#token=abc&amp;x=&quot;1&quot;">Accept &lt;it&gt;</a></p>' +
        '<p>If it was not &amp; you, nothing needs to be done.</p>',
    );
    expect(html).toContain('<title>You are invited to “Example Ltd”</title>');
  });

  it.each([
    'https://evil.example/login',
    'evil.example',
    'WWW.EVIL.EXAMPLE',
    'eve@evil.example',
    '<a href="https://evil.example">Sign in</a>',
    "'><img src=x onerror=alert(1)>",
    'Ltd” to the account. Sign in at evil.example “',
  ])('quotes the name %s as text, and has one link', (name) => {
    const { subject, text, html } = ofName(name);
    const own = text.replace(url, '');
    const bare = bareOf(html);
    for (const part of [subject, own, bare.replaceAll(/<a href="[^"]*">/g, '')])
      expect(part).not.toMatch(/[^\s[][.@:](?=[a-z])|www\.|\/\/evil\./i);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|onerror=alert\(1\)>(?!&)/);
    for (const part of [subject, own]) {
      expect(part.split('“').length).toBe(part.split('”').length);
      expect(part).toContain('“');
    }
  });
});
