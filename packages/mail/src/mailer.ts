import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

/** An email to one person, in plain text and in HTML. */
export interface Message {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends emails. `send` rejects when an email cannot be sent. */
export interface Mailer {
  send(message: Message): Promise<void>;
  close(): void;
}

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  smtpUrl: string | undefined;
  /** A folder for demos. The plain text of each email is written to it as a file that its owner alone may read. */
  folder: string | undefined;
  from: string;
}

const timeoutMilliseconds = 10_000;

/** Opens a mailer that sends by SMTP, or else writes to a folder. Without both, `send` rejects. */
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
        : writeEmail(folder, from, message),
    close: () => undefined,
  };
}

async function writeEmail(folder: string, from: string, { to, subject, text }: Message): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const email = `From: ${oneLine(from)}\nTo: ${oneLine(to)}\nSubject: ${oneLine(subject)}\n\n${text}\n`;
  await writeFile(join(folder, `${Date.now()}-${randomUUID()}.txt`), email, { mode: 0o600, flag: 'wx' });
}

const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ');
