/**
 * A receipt printer on a USB cable, as a browser shows it to a page: what is sent to it is kept to
 * be read. Put in place before the page loads, because a machine that runs tests has no printer.
 */
import type { Page } from 'playwright/test';

type Kept = { sentToPrinter: number[]; printsAsked: number };

/** Also keeps the browser's own print dialog from opening, and counts how often it was asked. */
export async function plugIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Kept = { sentToPrinter: [], printsAsked: 0 };
    const out = { direction: 'out', endpointNumber: 2 };
    const side = { interfaceNumber: 0, alternate: { interfaceClass: 7, endpoints: [out] } };
    const device = {
      opened: false,
      configuration: { interfaces: [side] },
      open: async () => Object.assign(device, { opened: true }),
      close: async () => Object.assign(device, { opened: false }),
      selectConfiguration: async () => undefined,
      claimInterface: async (number: number) => {
        if (!device.opened || number !== 0) throw new DOMException('closed', 'InvalidStateError');
      },
      transferOut: async (endpoint: number, data: Uint8Array) => {
        if (!device.opened || endpoint !== 2) return { status: 'stall' };
        kept.sentToPrinter.push(...data);
        return { status: 'ok' };
      },
    };
    const usb = { getDevices: async () => [], requestDevice: async () => device };
    Object.defineProperty(navigator, 'usb', { value: usb, configurable: true });
    Object.defineProperty(navigator, 'serial', { value: undefined, configurable: true });
    window.print = () => {
      kept.printsAsked += 1;
    };
    Object.assign(window, { kept });
  });
}

const keptIn = (page: Page): Promise<Kept> =>
  page.evaluate(() => (window as typeof window & { kept: Kept }).kept);

export const sentTo = async (page: Page): Promise<Uint8Array> =>
  Uint8Array.from((await keptIn(page)).sentToPrinter);

export const printsAsked = async (page: Page): Promise<number> => (await keptIn(page)).printsAsked;
