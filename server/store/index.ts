export type { AuditVerdict } from './audit';
export { type AuditReading, readAudit } from './audit-file';
export type { Difference } from './difference';
export type { Change } from './feed';
export type { Page, PageFilter, PageKey } from './history';
export type { Outlet } from './outlet';
export { isDatabaseFault, type RefusalCode, StoreRefused } from './refused';
export type { SessionRecord, StaffRecord, ThrottleRecord } from './staff';
export { type OpenedStore, openStore } from './store';
