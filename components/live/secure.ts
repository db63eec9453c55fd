'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};
const now = (): boolean => window.isSecureContext;
/** The server draws the first picture for whom it works. */
const atFirst = (): boolean => true;

/** Whether this address is one at which browsers have a camera: HTTPS, or the machine itself. */
export const useSecure = (): boolean => useSyncExternalStore(never, now, atFirst);
