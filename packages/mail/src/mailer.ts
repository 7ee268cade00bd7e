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
  /** The same for every attempt to send one email; missing for a new one. */
  messageId?: string;
}

/** The server of the recipient said that it never takes an email to them. */
class RejectedRecipient extends Error {
  override readonly name = 'RejectedRecipient';
  readonly isPermanent = true;
}

/** Sends emails. `send` rejects when an email cannot be sent; with RejectedRecipient when it never can. */
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
      send: async ({ messageId, ...message }) => {
        const id = messageId === undefined ? {} : { messageId: `<${messageId}@${hostOf(from)}>` };
        try {
          await transport.sendMail({
            from,
            ...message,
            ...id,
            headers: { 'auto-submitted': 'auto-generated' },
          });
        } catch (fault) {
          throw isRejection(fault)
            ? new RejectedRecipient('the recipient was rejected', { cause: fault })
            : fault;
        }
      },
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

/** The host of the sender's address, which stands in the ids of emails. */
function hostOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
}

/** Whether the server rejected the recipient for good: a status from 550 to 559 to the command that names them. */
function isRejection(fault: unknown): boolean {
  if (!(fault instanceof Error) || !('responseCode' in fault) || !('command' in fault)) return false;
  const { responseCode, command } = fault;
  return (
    typeof responseCode === 'number' && responseCode >= 550 && responseCode < 560 && command === 'RCPT TO'
  );
}
