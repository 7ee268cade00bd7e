/** What holds and charges were reckoned by, where that is not what the version that their hold names costs. */
export const wrongEntries = `select entry.kind, entry.operation, entry.amount, entry.facts->'price' as price from ledger_entry entry
  join credit_hold hold on hold.account_id = entry.account_id and hold.id = entry.hold_id
  join operation_price price on price.name = hold.operation and price.price_version = hold.price_version
  where entry.operation like 'op\\_%' and entry.kind in ('hold', 'settle') and entry.to_book in ('held', 'spent')
    and ((entry.facts->'price'->>'version')::int is distinct from hold.price_version
      or entry.amount <> (entry.facts->>'units')::int * price.credits_per_unit)`;
