import type { GuaranteeGroup } from './guarantee.ts';

/** What stands between a product, its customers and this API: catalogue, service keys, verification, client. */
export const product: GuaranteeGroup = {
  subject: 'Your own product: catalogue, service keys and verification',
  guarantees: [
    {
      id: 'P1',
      statement: 'A catalogue with a fault is refused with the line of each fault, and changes nothing.',
      tests: [
        'the catalogue on the command line names each fault with its line, and changes nothing',
        'refuses a file of 5 MB, and anchors that expand without end',
      ],
    },
    {
      id: 'P2',
      statement: 'A catalogue is applied whole or not at all, also when the process is killed in the middle.',
      tests: [
        'after its commit has changed all of it',
        'leaves nothing when its connection dies in the middle',
      ],
    },
    {
      id: 'P3',
      statement: 'Applying a catalogue fails no call, and a run pays the price that it was quoted.',
      tests: ['none fails, waits for it or mixes two prices'],
    },
    {
      id: 'P4',
      statement: 'A subscription keeps its version of a plan until the operator moves it.',
      tests: ['keeps subscriptions on their version, or moves them'],
    },
    {
      id: 'P5',
      statement: 'A service key acts for the one account that its call names, and for none without a name.',
    },
    {
      id: 'P6',
      statement:
        'A revoked service key is refused by every process within five seconds, and one that ends works until that moment.',
    },
    {
      id: 'P7',
      statement: 'The same external id and request find the same account, however many ask at once.',
    },
    {
      id: 'P8',
      statement:
        'Nobody owns an account that they did not accept, and no answer tells whether the address of an owner is registered.',
    },
    {
      id: 'P9',
      statement: 'What a service key changes is written down with the key and with whom it says it acts for.',
    },
    {
      id: 'P10',
      statement: 'A platform admin alone manages service keys, and a refused attempt stays on record.',
    },
    {
      id: 'P11',
      statement: 'The verification of a credential gets the verdict of a direct call, in every state.',
      tests: ['gets the verdict of a direct call in every cell of the truth table, over both transports'],
    },
    {
      id: 'P12',
      statement: 'A warm verification without a hold sends nothing to the database.',
      tests: ['sends no statement to the database, whatever the verdict'],
    },
    {
      id: 'P13',
      statement: 'A verification that is refused holds no credits.',
      tests: ['holds nothing where anything refuses it'],
    },
    {
      id: 'P14',
      statement: 'A proxy that asks for the verdict of a request gets that of the gate, and reads no cookie.',
      tests: [
        'the question of a proxy gets the verdict of the gate in every cell of the truth table',
        'reads no cookie: a page of others cannot use the session of a browser behind a proxy',
      ],
    },
    {
      id: 'P15',
      statement: 'The entitlements of an account count nothing that the caller may not see.',
      tests: ['do not tell an actor of named sites how much there is'],
    },
    {
      id: 'P16',
      statement: 'The client lets nobody through whom it could not verify.',
      tests: ['refuses with 503 when the API does not answer: nobody is let through unverified'],
    },
    {
      id: 'P17',
      statement:
        'The client is installed from its package, and compiles and runs for every resolution of modules.',
      tests: ['has right types by are-the-types-wrong', 'compiles right calls alone, and works'],
    },
    {
      id: 'P18',
      statement:
        'A change of the catalogue in the admin app overwrites nothing that its author has not seen.',
      tests: [
        'is refused as a conflict when the catalogue has changed meanwhile, and overwrites nothing',
        'lets one of two through that saw the same catalogue',
      ],
    },
    {
      id: 'P19',
      statement:
        'The admin app adds versions of what is sold, and cannot change or delete one that was sold.',
      tests: ['the role of the admin app cannot change what was sold'],
    },
  ],
};
