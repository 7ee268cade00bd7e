import { newId } from './ids.ts';
import { openOrm } from './orm.ts';
import { Staff } from './staff/entity.ts';

/** Writes staff who are not there yet, as the owner of the schema. */
export async function insertStaff(
  ownerUrl: string,
  people: readonly Pick<Staff, 'email' | 'emailDigest' | 'role' | 'passwordHash'>[],
  now: Date,
): Promise<void> {
  const orm = await openOrm(ownerUrl, 1);
  try {
    const rows = people.map((person) => ({ ...person, id: newId(), createdAt: now }));
    await orm.em
      .fork()
      .upsertMany(Staff, rows, { onConflictFields: ['emailDigest'], onConflictAction: 'ignore' });
  } finally {
    await orm.close(true);
  }
}
