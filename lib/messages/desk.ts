/**
 * The words of the desk, each sentence in English, Traditional and Simplified Chinese side by side.
 * They reach the tablet with the desk's own pages alone: a till does not carry them.
 */
import { deskCompare } from './desk-compare';
import { deskFrame } from './desk-frame';
import { deskOutlets } from './desk-outlets';

export const DESK = { ...deskFrame, ...deskCompare, ...deskOutlets } as const;
