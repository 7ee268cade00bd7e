import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

const relay = 'packages/services/src/outbox/outbox.test.ts';
const send = 'packages/webhooks/src/send.test.ts';

/** Mutants of the relay of the outbox: where webhooks may go, who signs them, their order, and who holds a queue. */
export const outboxMutants: readonly Mutant[] = [
  {
    name: 'webhooks go to private addresses',
    file: 'packages/webhooks/src/address.ts',
    find: "  if (range !== 'unicast') return false;\n",
    replace: '',
    test: 'packages/webhooks/src/address.test.ts',
    title: 'is not ',
  },
  {
    name: 'webhooks go to local addresses of IPv6',
    file: 'packages/webhooks/src/address.ts',
    find: 'return address instanceof ipaddr.IPv4 || address.match(global);',
    replace: 'return true;',
    test: 'packages/webhooks/src/address.test.ts',
    title: 'is not ',
  },
  {
    name: 'one public address of several is enough',
    file: 'packages/webhooks/src/resolve.ts',
    find: 'if (!addresses.every(',
    replace: 'if (!addresses.some(',
    test: send,
    title: 'where one of several addresses is not public',
  },
  {
    name: 'a connection resolves its name by itself',
    file: 'packages/webhooks/src/send.ts',
    find: "const options = { method: 'POST', headers: headersOf(headers, body), lookup, agent };",
    replace: "const options = { method: 'POST', headers: headersOf(headers, body), agent };",
    test: send,
    title: 'is refused where its name resolves to',
  },
  {
    name: 'an address in a URL is not checked',
    file: 'packages/webhooks/src/send.ts',
    find: "      if (isIP(address) !== 0 && !isAllowedAddress(address, allowsLoopback))\n        return without('address_refused');\n",
    replace: '',
    test: send,
    title: 'which is resolved by nobody',
  },
  {
    name: 'an endless answer is read to its end',
    file: 'packages/webhooks/src/answer.ts',
    find: '      if (bytes > bytesMax) finish();\n',
    replace: '',
    test: send,
    title: 'by the status of an endless body',
  },
  {
    name: 'a signature does not cover the id of the message',
    file: 'packages/webhooks/src/sign.ts',
    find: '.update(`${id}.${timestamp}.${body}`)',
    replace: '.update(`${timestamp}.${body}`)',
    test: 'packages/webhooks/src/sign.test.ts',
    title: 'is accepted by the reference verifier',
  },
  {
    name: 'a redirect counts as delivered',
    file: 'packages/domain/src/outbox/delivery.ts',
    find: "if (status >= 200 && status < 300) return 'delivered';",
    replace: "if (status >= 200 && status < 400) return 'delivered';",
    test: send,
    title: 'follows no redirect',
  },
  {
    name: 'a message that fails does not hold back the next one',
    file: 'packages/services/src/outbox/deliver.ts',
    find: "    if (attempt.outcome !== 'delivered') break;\n",
    replace: '',
    test: relay,
    title: 'stops at the first message that fails',
  },
  {
    name: 'messages are sent in the order of their ids',
    file: 'packages/db/src/outbox/deliver.ts',
    find: 'order by d.queued_at, d.message_id limit $2',
    replace: 'order by d.message_id desc limit $2',
    test: relay,
    title: 'in the order of the outbox',
  },
  {
    name: 'a worker whose lease has ended writes what it did',
    file: 'packages/db/src/outbox/deliver.ts',
    find: "'select lease from webhook_queue where account_id = $1 and endpoint_id = $2 and lease = $3::uuid for update'",
    replace:
      "'select lease from webhook_queue where account_id = $1 and endpoint_id = $2 and $3::uuid is not null for update'",
    test: relay,
    title: 'writes nothing of a worker whose lease has ended',
  },
  {
    name: 'workers wait for the queues that others take',
    file: 'packages/db/src/outbox/deliver.ts',
    find: 'q.is_suspect = $5\n    order by q.next_attempt_at limit $3 for update skip locked',
    replace: 'q.is_suspect = $5\n    order by q.next_attempt_at limit $3 for update',
    test: relay,
    title: 'holds up no queue beside one that another worker has taken',
  },
  {
    name: 'an endpoint that failed takes a place of the healthy ones',
    file: 'packages/services/src/outbox/record.ts',
    find: 'const isSuspect = failed !== undefined || isSlow;',
    replace: 'const isSuspect = isSlow;',
    test: relay,
    title: 'takes it again among those that failed',
  },
  {
    name: 'an e-mail of the outbox is not counted for its mailbox',
    file: 'packages/services/src/outbox/mail.ts',
    find: '  if (email.isCounted) return true;\n',
    replace: '  if (!email.isCounted) return true;\n',
    test: `${e2e}/webhook/emails.test.ts`,
    title: 'waits above three of its kind within an hour',
  },
];
