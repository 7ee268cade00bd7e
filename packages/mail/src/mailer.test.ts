import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { openMailer } from './mailer.ts';

const message = {
  to: 'a@example.test',
  subject: 'A subject',
  text: 'https://app.example/#token=abc',
  html: '<p>https://app.example/</p>',
};

describe('the mailer', () => {
  it('sends by SMTP', async () => {
    const received: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        let text = '';
        stream.on('data', (chunk) => (text += String(chunk)));
        stream.on('end', () => {
          received.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const mailer = openMailer({
      smtpUrl: `smtp://127.0.0.1:${port}`,
      folder: undefined,
      from: 'App <no-reply@app.example>',
    });
    await mailer.send(message);
    await mailer.send({ ...message, messageId: 'one.two' });
    mailer.close();
    expect(received[0]).toMatch(
      /^From: App <no-reply@app.example>\r\nTo: a@example.test\r\nSubject: A subject/m,
    );
    expect(received[0]).toContain('Content-Type: multipart/alternative');
    expect(received[0]).toMatch(/^Message-ID: <[^@]+@app\.example>/m);
    expect(received[1]).toContain('Message-ID: <one.two@app.example>');
    expect(received[0]).toContain('#token=abc');
    expect(received[0]).toContain('<p>https://app.example/</p>');
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await expect(mailer.send(message)).rejects.toThrow();
  });

  it('writes emails to a folder that its owner alone may read, and keeps each header on one line', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'tenantry-mail-')), 'mail');
    const mailer = openMailer({ smtpUrl: undefined, folder, from: 'App' });
    await mailer.send({ ...message, subject: 'A\r\nBcc: b@example.test' });
    const [name = ''] = await readdir(folder);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, name), 'utf8')).toBe(
      `From: App\nTo: a@example.test\nSubject: A Bcc: b@example.test\n\n${message.text}\n`,
    );
    await rm(folder, { recursive: true });
  });

  it('refuses when there is no way to send', async () => {
    const mailer = openMailer({ smtpUrl: undefined, folder: undefined, from: 'App' });
    await expect(mailer.send(message)).rejects.toThrow('neither SMTP_URL nor MAIL_FOLDER is set');
  });
});
