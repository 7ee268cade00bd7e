import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

/** A letter of plain text to one person. */
export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** Takes emails away; a letter that cannot be taken rejects. */
export interface Mailer {
  send(message: Message): Promise<void>;
  close(): void;
}

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  smtpUrl: string | undefined;
  /** A folder that emails are put into instead, for demos; each is a file that its owner alone may read. */
  folder: string | undefined;
  from: string;
}

const timeoutMilliseconds = 10_000;

/** Sends by SMTP, or into a folder; with neither every letter is refused. */
export function openMailer({ smtpUrl, folder, from }: MailSettings): Mailer {
  if (smtpUrl !== undefined) {
    const timeouts = { connectionTimeout: timeoutMilliseconds, socketTimeout: timeoutMilliseconds };
    const transport = createTransport({ url: smtpUrl, ...timeouts });
    return {
      send: async (message) => void (await transport.sendMail({ from, ...message })),
      close: () => transport.close(),
    };
  }
  return {
    send: (message) =>
      folder === undefined
        ? Promise.reject(new Error('neither SMTP_URL nor MAIL_FOLDER is set'))
        : drop(folder, from, message),
    close: () => undefined,
  };
}

async function drop(folder: string, from: string, { to, subject, text }: Message): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const letter = `From: ${oneLine(from)}\nTo: ${oneLine(to)}\nSubject: ${oneLine(subject)}\n\n${text}\n`;
  await writeFile(join(folder, `${Date.now()}-${randomUUID()}.txt`), letter, { mode: 0o600, flag: 'wx' });
}

const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ');
