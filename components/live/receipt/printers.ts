'use client';
/**
 * The ways past the browser's print dialog: a receipt printer on a USB cable, or on a serial one.
 * A browser that has neither shows neither. What was sent is not yet on paper: no printer says so.
 */
import type { PrintWay } from '@/lib/receipt-paper';

export type DirectWay = Exclude<PrintWay, 'browser'>;
/** `none`: nobody chose one. `busy`: another program or driver holds it. */
export type PrinterTrouble = 'none' | 'busy';
export type Printer = {
  /** Throws when the printer takes no more. */
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What is needed of WebUSB (https://wicg.github.io/webusb/). */
type Endpoint = { readonly direction: 'in' | 'out'; readonly endpointNumber: number };
type Side = { readonly interfaceClass: number; readonly endpoints: readonly Endpoint[] };
type Interface = { readonly interfaceNumber: number; readonly alternate: Side };
type UsbDevice = {
  readonly opened: boolean;
  readonly configuration: { readonly interfaces: readonly Interface[] } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(
    endpoint: number,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<{ readonly status?: string }>;
};
type Usb = {
  getDevices(): Promise<UsbDevice[]>;
  requestDevice(wish: { filters: { classCode: number }[] }): Promise<UsbDevice>;
};

/** And of Web Serial (https://wicg.github.io/serial/). */
type SerialPort = {
  readonly writable: WritableStream<Uint8Array> | null;
  open(wish: { baudRate: number }): Promise<void>;
  close(): Promise<void>;
};
type Serial = { getPorts(): Promise<SerialPort[]>; requestPort(): Promise<SerialPort> };

type Ways = { readonly usb?: Usb; readonly serial?: Serial };
const ways = (): Ways => navigator as Ways;

export const directWays = (): readonly DirectWay[] =>
  (['usb', 'serial'] as const).filter((way) => ways()[way] !== undefined);

/** USB's own number for printers, of a device or of one of its sides. */
const PRINTER_CLASS = 7;
/** What printers are set to when they leave the factory, most often first. */
export const BAUD_RATES = [9_600, 19_200, 38_400, 115_200] as const;
export type BaudRate = (typeof BAUD_RATES)[number];

/**
 * The printer of before, or the one that is chosen now, open and ready. A browser asks only while a
 * press is fresh, so this comes before anything that takes time, and before a print is counted.
 */
export async function openPrinter(
  way: DirectWay,
  baudRate: BaudRate,
): Promise<Printer | PrinterTrouble> {
  const { usb, serial } = ways();
  try {
    if (way === 'usb' && usb !== undefined) return await openUsb(await chosenDevice(usb));
    if (way === 'serial' && serial !== undefined) {
      return await openSerial(await chosenPort(serial), baudRate);
    }
    return 'none';
  } catch (fault) {
    // NotFoundError: the browser's own list was left without a choice. Else a driver of the system
    // or another program holds it, and opening or claiming is denied.
    return fault instanceof DOMException && fault.name === 'NotFoundError' ? 'none' : 'busy';
  }
}

async function chosenDevice(usb: Usb): Promise<UsbDevice> {
  const [known] = await usb.getDevices();
  return known ?? usb.requestDevice({ filters: [{ classCode: PRINTER_CLASS }] });
}

async function openUsb(device: UsbDevice): Promise<Printer> {
  if (!device.opened) await device.open();
  if (device.configuration === null) await device.selectConfiguration(1);
  const sides = device.configuration?.interfaces ?? [];
  const printer = sides.find(({ alternate }) => alternate.interfaceClass === PRINTER_CLASS);
  const out = printer?.alternate.endpoints.find(({ direction }) => direction === 'out');
  if (printer === undefined || out === undefined) {
    await device.close();
    throw new Error('this USB device has no side that prints');
  }
  await device.claimInterface(printer.interfaceNumber);
  return {
    send: async (bytes) => {
      for (const piece of pieces(bytes)) {
        const { status } = await device.transferOut(out.endpointNumber, piece);
        if (status !== 'ok') throw new Error(`the printer says ${status}`);
      }
    },
    close: () => device.close(),
  };
}

async function chosenPort(serial: Serial): Promise<SerialPort> {
  const [known] = await serial.getPorts();
  return known ?? serial.requestPort();
}

async function openSerial(port: SerialPort, baudRate: BaudRate): Promise<Printer> {
  await port.open({ baudRate });
  const writer = port.writable?.getWriter();
  if (writer === undefined) throw new Error('this port cannot be written to');
  return {
    send: async (bytes) => {
      for (const piece of pieces(bytes)) await writer.write(piece);
    },
    close: async () => {
      await writer.close();
      await port.close();
    },
  };
}

const PIECE = 4_096;
/** A printer takes its time over each. */
function* pieces(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
