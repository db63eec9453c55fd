'use client';
/** What stands above and below the figures of a receipt, with a picture of it while it is typed. */
import { useState } from 'react';
import { useShop } from '@/components/live/shop';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { holdsCardNumber } from '@/lib/card-number';
import { isPrintable, RECEIPT_LINE_LENGTH, RECEIPT_LINES, type Settings } from '@/lib/settings';
import { Group } from './group';

type Text = Settings['receipt-text'];
type Lines = readonly string[];

const PLACES = Array.from({ length: RECEIPT_LINES }, (_each, place) => place);
const said = (lines: Lines): string[] => lines.map((line) => line.trim()).filter(Boolean);

type Props = { readonly now: Text; readonly onSaved: () => void };

export function ReceiptText({ now, onSaved }: Props) {
  const { say } = useReading();
  const [header, setHeader] = useState<Lines>(now.header);
  const [footer, setFooter] = useState<Lines>(now.footer);
  const value = { header: said(header), footer: said(footer) };
  const fault = faultOf(header, footer);
  const undo = () => {
    setHeader(now.header);
    setFooter(now.footer);
  };
  return (
    <Group
      name="receipt-text"
      value={fault === null ? value : undefined}
      isChanged={JSON.stringify(value) !== JSON.stringify(now)}
      wrong={fault === null ? '' : say(fault)}
      onUndo={undo}
      onSaved={onSaved}
    >
      <div className="grid gap-x-4 gap-y-2 tablet:grid-cols-2">
        <div className="flex flex-col gap-2">
          <LineFields lines={header} onLines={setHeader} />
        </div>
        <div className="flex flex-col gap-2">
          <LineFields lines={footer} onLines={setFooter} below />
        </div>
      </div>
      <Preview {...value} />
    </Group>
  );
}

/** The server says the same; this only says it sooner. */
function faultOf(header: Lines, footer: Lines) {
  const all = said([...header, ...footer]);
  if (all.some(holdsCardNumber)) return 'settings.receipt-card';
  if (!all.every(isPrintable)) return 'settings.receipt-marks';
  // The first line is the shop's name: an address must not slip into its place.
  const isNameless = said(header).length > 0 && said(header.slice(0, 1)).length === 0;
  return isNameless ? 'settings.receipt-no-name' : null;
}

type FieldsProps = {
  readonly lines: Lines;
  readonly onLines: (lines: Lines) => void;
  readonly below?: boolean;
};

function LineFields({ lines, onLines, below = false }: FieldsProps) {
  const { say } = useReading();
  const { shop } = useShop().setting;
  const label = (line: number): string => {
    if (below) return say('settings.receipt-footer', { line });
    return line === 1 ? say('settings.receipt-name') : say('settings.receipt-header', { line });
  };
  return PLACES.map((place) => (
    <Field
      key={place}
      label={label(place + 1)}
      value={lines[place] ?? ''}
      onChange={(text) => onLines(PLACES.map((at) => (at === place ? text : (lines[at] ?? ''))))}
      maxLength={RECEIPT_LINE_LENGTH}
      {...(place === 0 && !below ? { placeholder: shop, title: shop } : {})}
    />
  ));
}

/** Black on white in every theme: it is a picture of paper. */
export function Preview({ header, footer }: Text) {
  const { say } = useReading();
  const { shop } = useShop().setting;
  const [name = shop, ...address] = header;
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="text-small text-ink-soft">{say('settings.preview')}</figcaption>
      <div
        data-testid="receipt-preview"
        className="box-content flex w-slip max-w-full flex-col gap-2 self-center border border-line bg-qr-paper p-3 text-center text-small wrap-anywhere text-qr-ink"
      >
        <p className="text-lead font-semibold">{name}</p>
        <Printed lines={address} />
        <p className="border-y border-dashed border-current py-3">
          {say('settings.preview-figures')}
        </p>
        <Printed lines={footer} />
      </div>
    </figure>
  );
}

function Printed({ lines }: { readonly lines: Lines }) {
  return lines.length === 0 ? null : <p className="whitespace-pre-line">{lines.join('\n')}</p>;
}
