/**
 * Where QFPay Hong Kong listens (protocol.md §2.1). An address is chosen by name here and comes
 * from nowhere else; credentials belong to exactly one of them.
 */
export const QFPAY_ENVIRONMENTS = ['sandbox', 'test', 'prod'] as const;
export type QfpayEnvironment = (typeof QFPAY_ENVIRONMENTS)[number];

/** `test` moves real money on test accounts that are never settled; only `sandbox` moves none. */
export const BASE_URLS: Readonly<Record<QfpayEnvironment, string>> = {
  sandbox: 'https://openapi-int.qfapi.com',
  test: 'https://test-openapi-hk.qfapi.com',
  prod: 'https://openapi-hk.qfapi.com',
};
