/**
 * Bugs that a shop like this could have, as replacements of its sources. None of them is anywhere
 * but in the worlds built to find it; each has to be found.
 */
export type Change = { readonly file: string; readonly from: string; readonly to: string };
export type PlantedBug = { readonly name: string; readonly changes: readonly Change[] };

const bug = (name: string, file: string, change: Omit<Change, 'file'>): PlantedBug => ({
  name,
  changes: [{ file, ...change }],
});

/** The thirteen of money.md §4.7. */
const CLASSIC: readonly PlantedBug[] = [
  bug('new number per retry', 'server/payments/charge.ts', {
    from: 'const order = { id, payType, amount, currency, createdAt, counter, outlet, authCode };',
    to: `const again = seq > 1 ? world.ids.paymentNumber() : id;
    const order = { id: again, payType, amount, currency, createdAt, counter, outlet, authCode };`,
  }),
  bug('timeout treated as failure', 'lib/advance.ts', {
    from: "return doubt(payment, failure('no-answer', evidence.respcd), at);\n    case 'refused'",
    to: "return end(payment, { state: 'failed', failure: failure('refused') }, at);\n    case 'refused'",
  }),
  bug('not found treated as failure', 'lib/absence.ts', {
    from: '  return provablyAbsent(heard, sentAt, at)\n',
    to: '  return heard.noneCount > 0\n',
  }),
  bug('expiry by the clock', 'lib/advance.ts', {
    from: "return payment.state === 'sending' ? stopped : toCancelling(stopped, at);",
    to: `if (evidence.by === 'deadline') {
    return end(payment, { state: 'closed', failure: failure('expired') }, at);
  }
  return payment.state === 'sending' ? stopped : toCancelling(stopped, at);`,
  }),
  bug('1260 on close treated as closed', 'lib/advance.ts', {
    from: "if (evidence.says === 'paid') return asked;",
    to: `if (evidence.says === 'paid') {
    return end(asked, { state: 'closed', failure: failure('cancelled') }, at);
  }`,
  }),
  bug('paid not accepted once closed', 'lib/advance.ts', {
    from: '  const match = compare(payment, evidence.facts);\n',
    to: `  if (RANK[payment.state] === 3) return reschedule(payment, at);
  const match = compare(payment, evidence.facts);\n`,
  }),
  bug('no durable intent', 'server/payments/evidence.ts', {
    from: 'return records.insertCall({ kind, number, seq, at: at.wall });',
    to: 'return number === payment.id && seq === 1 ? 1 : 2;',
  }),
  {
    name: 'refund without a sum check',
    changes: [
      {
        file: 'server/payments/refund.ts',
        from: 'if (block !== null || request.amount > tooLarge.refundable) return tooLarge;',
        to: '',
      },
      {
        file: 'server/store/refund.ts',
        from: ".where('payment.amount', '>=', ",
        to: ".where('payment.id', '<>', ",
      },
      {
        file: 'server/store/sqlite.ts',
        from: 'and new.currency = currency and ',
        to: 'and new.currency = currency or ',
      },
    ],
  },
  bug('refund retried under a new number', 'server/payments/refund.ts', {
    from: 'const order = { id, paymentNumber, amount, currency, createdAt, counter, outlet };',
    to: `const again = claimed.refund.version > 2 ? world.ids.refundNumber() : id;
  const order = { id: again, paymentNumber, amount, currency, createdAt, counter, outlet };`,
  }),
  bug('refund timeout treated as failed', 'lib/advance-refund.ts', {
    from: "    case 'unclear':\n      return again(unknown(refund), at);",
    to: "    case 'unclear':\n      return fail(refund, at);",
  }),
  bug('notification without a signature check', 'server/qfpay/notification.ts', {
    from: '  if (!notificationHolds(raw, signature, options.key)) return null;\n',
    to: '',
  }),
  bug('notification without an amount check', 'lib/ladder.ts', {
    from: "  if (facts.amount !== null && facts.amount !== payment.amount) return 'differs';\n",
    to: '',
  }),
  bug('deadlines by the wall clock', 'server/payments/evidence.ts', {
    from: '({ steady: clock.steady(), wall: clock.wall() })',
    to: '({ steady: clock.wall(), wall: clock.wall() })',
  }),
];

const OURS: readonly PlantedBug[] = [
  bug('allowance of calls ignored', 'server/qfpay/budget.ts', {
    from: '  const until = counter.clock.steady() + Math.max(0, waitMs);\n',
    to: '  settle(true);\n  const until = counter.clock.steady() + Math.max(0, waitMs);\n',
  }),
  bug('month of a number not split', 'server/qfpay/search.ts', {
    from: 'return distinct([...likely, ...near].map((at) => wholeMonth(at, QFPAY_ZONE)));',
    to: 'return near.slice(0, 1).map((at) => wholeMonth(at + NEAR_MS, QFPAY_ZONE));',
  }),
  {
    name: 'page size left at its default',
    changes: [
      { file: 'server/qfpay/sweep.ts', from: '  page_size: PAGE_SIZE,\n', to: '' },
      {
        file: 'server/qfpay/sweep.ts',
        from: 'got.rows.length + got.unreadable < pageSizeOf(heard)',
        to: 'got.rows.length + got.unreadable < PAGE_SIZE + 0 * pageSizeOf(heard)',
      },
    ],
  },
  bug('epoch of the lease not checked', 'server/payments/lease.ts', {
    from: 'if (lease?.epoch !== epoch) throw',
    to: 'if (lease === null) throw',
  }),
  bug('refund sent in the dead hour', 'lib/refund-hour.ts', {
    from: 'return time >= BEGINS || time < ENDS;',
    to: 'return time < 0;',
  }),
  bug('refund known by its number alone', 'server/payments/window-refunds.ts', {
    from: 'if (named !== null || payment === null || number === null) return named;',
    to: 'if (named !== null || payment !== null || number !== null) return named;',
  }),
  bug('orphan ignored', 'server/payments/orphans.ts', {
    from: "if (!world.ids.isOurs(number) || !('facts' in evidence)) continue;",
    to: "if (world.ids.isOurs(number) || !('facts' in evidence)) continue;",
  }),
  bug('query without its outlet', 'server/qfpay/sweep.ts', {
    from: '  mchid: outlet,\n',
    to: "  mchid: outlet === null ? null : '99999999',\n",
  }),
  {
    // Two guards stand behind each other here; with one of them a swapped answer does no harm.
    name: "another order's answer accepted",
    changes: [
      {
        file: 'lib/ladder.ts',
        from: "  if (facts.number !== null && facts.number !== payment.id) return 'differs';\n",
        to: '',
      },
      {
        file: 'server/qfpay/rows.ts',
        from: 'const ours = payments.filter((row) => row.out_trade_no === number);',
        to: 'const ours = payments;',
      },
    ],
  },
  bug('signature of answers skipped', 'server/qfpay/answer.ts', {
    from: 'if (presented !== undefined && signedBy === null) {',
    to: "if (presented === '' && signedBy === null) {",
  }),
  bug('refund notification taken for a payment', 'server/payments/notice.ts', {
    from: "return notice.kind === 'payment'\n",
    to: 'return notice.facts.number !== null && (await records.payment(notice.facts.number as PaymentId))\n',
  }),
  bug('version does not grow', 'server/store/payment.ts', {
    from: 'moving({ ...payment, version: was + 1 }, changed)',
    to: 'moving({ ...payment, version: was }, changed)',
  }),
  bug('change feed skips a place', 'server/hub.ts', {
    from: '        cursor = change.seq;\n',
    to: '        cursor = change.seq + 1;\n',
  }),
  bug('sale paid twice goes unnoticed', 'server/payments/evidence.ts', {
    from: "return twice ? review(payment, 'paid-twice') : payment;",
    to: "return twice && payment.amount < 0 ? review(payment, 'paid-twice') : payment;",
  }),
  bug('commits not synced', 'server/store/sqlite.ts', {
    from: "database.exec('pragma synchronous = full');",
    to: "database.exec('pragma synchronous = normal');",
  }),
  bug('one refusal is enough', 'lib/advance.ts', {
    from: '      return witness({ ...refused, nextCheckAt: at.steady }, { refusals });\n',
    to: `      const why = failure('refused', evidence.respcd);
      return end(witness(refused, { refusals }), { state: 'failed', failure: why }, at);\n`,
  }),
  bug('cancelled as soon as the cashier says so', 'lib/advance.ts', {
    from: "return payment.state === 'sending' ? stopped : toCancelling(stopped, at);",
    to: `return payment.state === 'sending'
    ? stopped
    : end(stopped, { state: 'closed', failure: failure('cancelled') }, at);`,
  }),
  bug('a key stands for any body', 'server/payments/charge.ts', {
    from: "const same = known.kind === 'payment' && known.bodyFingerprint === body;",
    to: "const same = known.kind === 'payment';",
  }),
  {
    name: 'two live payments of a sale',
    changes: [
      {
        file: 'server/payments/charge.ts',
        from: "if (live !== undefined) return { refused: 'sale-has-live-payment', paymentId: live.id };",
        to: '',
      },
      {
        file: 'server/store/migrations.ts',
        from: "  await index('payment_one_live')\n    .unique()\n",
        to: "  await index('payment_one_live')\n",
      },
    ],
  },
  bug('late money not looked for', 'lib/schedule.ts', {
    from: '  if (rank === 3) {\n',
    to: '  if (rank === 3) {\n    if (checks >= 0) return null;\n',
  }),
  bug('one refusal of a refund is enough', 'lib/advance-refund.ts', {
    from: 'return refusals >= 2 ? fail(refused, at)',
    to: 'return refusals >= 1 ? fail(refused, at)',
  }),
  bug('a restarted server forgets what it was sending', 'lib/advance.ts', {
    from: "  const state = payment.state === 'sending' ? afterSending(payment) : payment.state;\n",
    to: `  if (payment.state === 'sending') {
    return end(payment, { state: 'closed', failure: failure('never-sent') }, at);
  }
  const state = payment.state;\n`,
  }),
  bug('taken back although it was sent', 'lib/advance-refund.ts', {
    from: "  state === 'requested' || state === 'deferred' || (state === 'unknown' && witnesses.unsent);",
    to: "  state === 'requested' || state === 'deferred' || (state === 'unknown' && witnesses !== null);",
  }),
  bug('currency of an answer not compared', 'lib/ladder.ts', {
    from: "  if (facts.currency !== null && facts.currency !== payment.currency) return 'differs';\n",
    to: '',
  }),
];

export const PLANTED: readonly PlantedBug[] = [...CLASSIC, ...OURS];
