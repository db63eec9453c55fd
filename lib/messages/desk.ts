/**
 * The words of the desk, each sentence in English, Traditional and Simplified Chinese side by side.
 * They reach the tablet with the desk's own pages alone: a till does not carry them.
 */
import { deskCompare } from './desk-compare';
import { deskFrame } from './desk-frame';
import { deskHistory } from './desk-history';
import { deskInbox } from './desk-inbox';
import { deskOutlets } from './desk-outlets';
import { deskPractice } from './desk-practice';
import { deskReceipts } from './desk-receipts';
import { deskRefunds } from './desk-refunds';
import { deskReports } from './desk-reports';
import { deskScanner } from './desk-scanner';
import { deskSettings } from './desk-settings';
import { deskShift } from './desk-shift';
import { deskStaff } from './desk-staff';

export const DESK = {
  ...deskFrame,
  ...deskHistory,
  ...deskRefunds,
  ...deskReceipts,
  ...deskInbox,
  ...deskShift,
  ...deskReports,
  ...deskStaff,
  ...deskSettings,
  ...deskCompare,
  ...deskOutlets,
  ...deskScanner,
  ...deskPractice,
} as const;
