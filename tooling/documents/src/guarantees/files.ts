import type { GuaranteeGroup } from './guarantee.ts';

/** Proofs of payment. */
export const files: GuaranteeGroup = {
  subject: 'Uploaded files',
  guarantees: [
    { id: 'K1', statement: 'A file above ten megabytes is refused with 413, and nothing of it is kept.' },
    { id: 'K2', statement: 'A file with active content is refused, and nothing of it is kept.' },
    { id: 'K3', statement: 'A file is served as a sandboxed attachment.' },
    {
      id: 'K4',
      statement: 'The content of a file decides its type, not its name.',
      tests: ['by its content, and shown to staff as a sandboxed attachment'],
    },
    {
      id: 'K5',
      statement: 'Files are stored under generated names, and no other name reads a file.',
      tests: ['a proof saved twice has two names', 'that was never given leads nowhere'],
    },
    { id: 'K6', statement: 'A file that would expand beyond bounds is refused in bounded time and memory.' },
    { id: 'K7', statement: 'A form without the expected file is refused with 400.' },
    { id: 'K8', statement: 'A file whose row cannot be written is removed.' },
    { id: 'K9', statement: 'A proof of another account does not exist for the caller.' },
    {
      id: 'K10',
      statement: 'The address of a proof is stored and never fetched.',
      untested: 'no code fetches it; no test listens at such an address',
    },
  ],
};
