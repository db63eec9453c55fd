/**
 * The words of the desk, each sentence in English, Traditional and Simplified Chinese side by side.
 * They reach the tablet with the desk's own pages alone: a till does not carry them.
 */
import { deskFrame } from './desk-frame';
import { deskHistory } from './desk-history';

export const DESK = { ...deskFrame, ...deskHistory } as const;
