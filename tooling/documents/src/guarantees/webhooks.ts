import type { GuaranteeGroup } from './guarantee.ts';

/** What holds of the messages that are sent: webhooks and e-mails. */
export const webhooks: GuaranteeGroup = {
  subject: 'Webhooks and e-mails',
  guarantees: [
    {
      id: 'W1',
      statement:
        'A message that a change wrote reaches every endpoint that asked for it, whichever process dies at whichever step.',
      tests: [
        'loses no message and no e-mail, keeps the order of each account, and repeats with the same id',
      ],
    },
    {
      id: 'W2',
      statement: 'The messages of an account reach an endpoint in the order in which they happened.',
      tests: [
        'waits for the one before it that failed, keeps its id and body, and holds up no other endpoint',
        'in the order of the outbox',
      ],
    },
    {
      id: 'W3',
      statement:
        'Every attempt at a message has the same id and the same body, and a signature of its own time.',
      tests: ['signs each attempt at its own time, with the id and the body of the first'],
    },
    {
      id: 'W4',
      statement: 'No webhook goes to an address that is private, loopback, link-local or reserved.',
      tests: [
        'is refused where its name resolves to %s, and gets no connection',
        'is asked for once for each connection, and the connection goes to what was checked',
      ],
    },
    {
      id: 'W5',
      statement: 'A redirect is not followed, and no more of an answer is read than is kept.',
      tests: ['a webhook that is sent follows no redirect', 'of which it reads no more than it may'],
    },
    {
      id: 'W6',
      statement: 'Endpoints that are down or slow hold up no other endpoint.',
      tests: ['reach healthy endpoints within five seconds beside endpoints that are down or slow'],
    },
    {
      id: 'W7',
      statement: 'A worker whose lease has ended writes nothing of what it did.',
      tests: ['writes nothing of a worker whose lease has ended'],
    },
    {
      id: 'W8',
      statement:
        'No account sees an endpoint, a delivery or an attempt of another account or of the operator.',
      tests: [
        'a webhook endpoint of another account does not exist for any call',
        'makes an endpoint that gets the messages of every account, and lists it without its secret',
      ],
    },
    {
      id: 'W9',
      statement: 'A mailbox gets at most three e-mails of one kind within an hour.',
      tests: ['waits above three of its kind within an hour, and another kind does not'],
    },
    {
      id: 'W10',
      statement: 'A name in an e-mail is text: it makes no link and no header.',
      tests: ['to a name of a malicious account has no link of that name and no header of it'],
    },
  ],
};
