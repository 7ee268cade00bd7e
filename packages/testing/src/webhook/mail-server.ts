import { SMTPServer } from 'smtp-server';

/** An e-mail that the server took, as it came over the wire. */
export interface TakenEmail {
  to: string;
  source: string;
}

/** An SMTP server that plays that of somebody else. */
export interface MailServer {
  url: string;
  taken: TakenEmail[];
  /** What the server says to the next recipients: it takes them, is busy (451), or rejects them for good (550). */
  setVerdict(verdict: 'taken' | 'busy' | 'rejected'): void;
  /** The e-mails to an address. */
  to(address: string): TakenEmail[];
  close(): Promise<void>;
}

/** Opens a mail server on a port of this machine: a free one unless it is named. */
export async function openMailServer(onPort = 0): Promise<MailServer> {
  const taken: TakenEmail[] = [];
  let verdict: 'taken' | 'busy' | 'rejected' = 'taken';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      if (verdict === 'taken') done();
      else done(Object.assign(new Error(verdict), { responseCode: verdict === 'busy' ? 451 : 550 }));
    },
    onData(stream, { envelope }, done) {
      let source = '';
      stream.on('data', (chunk) => (source += String(chunk)));
      stream.on('end', () => {
        for (const { address } of envelope.rcptTo) taken.push({ to: address, source });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    setVerdict: (next) => {
      verdict = next;
    },
    to: (one) => taken.filter((email) => email.to === one),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
