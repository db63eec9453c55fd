import type { Lease, LeaseName } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { LeaseRow } from './schema';

const byName = prepared((words, slot: Slots<{ name: LeaseName }>) =>
  words.selectFrom('lease').selectAll().where('name', '=', slot('name')),
);

const put = prepared((words, slot: Slots<LeaseRow>) =>
  words
    .insertInto('lease')
    .values(row(slot, ['name', 'holder', 'epoch', 'expires_at']))
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((it) => ({
          holder: it.ref('excluded.holder'),
          epoch: it.ref('excluded.epoch'),
          expires_at: it.ref('excluded.expires_at'),
        }))
        .where((it) =>
          it.or([
            it('excluded.epoch', '>', it.ref('lease.epoch')),
            it.and([
              it('excluded.epoch', '=', it.ref('lease.epoch')),
              it('excluded.holder', '=', it.ref('lease.holder')),
            ]),
          ]),
        ),
    )
    .returning('name'),
);

export async function leaseByName(session: Session, name: LeaseName): Promise<Lease | null> {
  const [found] = await byName(session, { name });
  if (found === undefined) return null;
  return { holder: found.holder, epoch: found.epoch, expiresAt: found.expires_at };
}

/** False when the epoch would sink, or stay while the holder changes. */
export async function putLease(session: Session, name: LeaseName, lease: Lease): Promise<boolean> {
  const { holder, epoch, expiresAt } = lease;
  return (await put(session, { name, holder, epoch, expires_at: expiresAt })).length === 1;
}
