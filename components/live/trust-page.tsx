/**
 * How a tablet comes to trust this server: its address as a QR, the authority to download, what to
 * compare, and the way through the menus of each kind of device. It also works without HTTPS.
 */
import type { ReactNode } from 'react';
import { buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { LanguageSwitch } from '@/components/ui/language-switch';
import type { Theme } from '@/components/ui/preference';
import { Qr } from '@/components/ui/qr';
import { ThemeSwitch } from '@/components/ui/theme-switch';
import { AUTHORITY_PATH, type Trust } from '@/lib/contract-trust';
import type { Language } from '@/lib/messages/language';
import { type TrustKey, trustWord } from '@/lib/messages/trust';

type Word = (key: TrustKey, values?: Readonly<Record<string, string>>) => string;
type Ours = Extract<Trust, { readonly kind: 'ours' }>;
type Props = {
  readonly trust: Trust;
  readonly language: Language;
  readonly theme: Theme;
  readonly name: string;
};

export function TrustPage({ trust, language, theme, name }: Props) {
  const word: Word = (key, values) => trustWord(key, language, values);
  return (
    <main className="mx-auto flex min-h-screen w-full flex-col gap-4 p-4 tablet:p-6">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <p className="flex items-center gap-2 text-lead font-semibold text-ink-soft">
          <Icon name="till" />
          {name}
        </p>
        <div className="flex items-center">
          <LanguageSwitch />
          <ThemeSwitch theme={theme} />
        </div>
      </header>
      <h1 className="text-head font-semibold">{word('title')}</h1>
      {trust.kind === 'ours' ? (
        <Steps trust={trust} word={word} />
      ) : (
        <Nothing kind={trust.kind} word={word} />
      )}
    </main>
  );
}

type NothingProps = { readonly kind: 'off' | 'elsewhere'; readonly word: Word };

function Nothing({ kind, word }: NothingProps) {
  return (
    <Card title={word(kind)}>
      <p data-testid="trust" data-kind={kind}>
        {word(`${kind}-says`)}
      </p>
      {kind === 'off' && <p>{word('off-do')}</p>}
    </Card>
  );
}

type OursProps = { readonly trust: Ours; readonly word: Word };

function Steps({ trust, word }: OursProps) {
  return (
    <>
      <p className="max-w-prose text-body text-ink-soft">{word('lead')}</p>
      <div className="flex flex-col gap-4 tablet:flex-row tablet:gap-6">
        <div className="flex flex-col gap-4 tablet:w-aside tablet:shrink-0">
          <Places trust={trust} word={word} />
          <Fingerprint trust={trust} word={word} />
        </div>
        <div className="flex min-w-0 grow flex-col gap-4">
          <Device name="ipad" steps={['ipad.1', 'ipad.2', 'ipad.3', 'ipad.4']} word={word} />
          <Device
            name="android"
            steps={['android.1', 'android.2', 'android.3', 'android.4']}
            word={word}
          />
          <Device name="windows" steps={['windows.1', 'windows.2', 'windows.3']} word={word} />
        </div>
      </div>
    </>
  );
}

/** What is pressed, and where all this is found. */
function Places({ trust: { hosts }, word }: OursProps) {
  const [host] = hosts;
  return (
    <>
      <a href={AUTHORITY_PATH} data-testid="authority" className={buttonLook('loud', true)}>
        {word('download')}
      </a>
      {host === undefined ? (
        <p data-testid="trust-away" className="rounded-small bg-unknown-wash p-3 text-body">
          {word('away')}
        </p>
      ) : (
        <>
          <a
            href={`https://${host}/`}
            data-testid="secure-till"
            className={buttonLook('quiet', true)}
          >
            {word('till')}
          </a>
          <div className="flex flex-col gap-2">
            <Qr text={`http://${host}/trust`} label={word('qr')} />
            <p className="text-body text-ink-soft">{word('qr')}</p>
            {hosts.map((one) => (
              <p key={one} className="break-words text-body font-semibold select-text">
                {`http://${one}/trust`}
              </p>
            ))}
          </div>
        </>
      )}
    </>
  );
}

type DeviceProps = {
  readonly name: 'ipad' | 'android' | 'windows';
  readonly steps: readonly TrustKey[];
  readonly word: Word;
};

function Device({ name, steps, word }: DeviceProps) {
  return (
    <Card title={word(name)}>
      <ol className="flex list-decimal flex-col gap-2 pl-6">
        {steps.map((step) => (
          <li key={step}>{word(step)}</li>
        ))}
      </ol>
    </Card>
  );
}

function Fingerprint({ trust: { sha256, sha1, ends }, word }: OursProps) {
  return (
    <Card title={word('fingerprint')}>
      <p data-testid="trust" data-kind="ours">
        {word('fingerprint-says')}
      </p>
      <dl className="flex flex-col gap-2 text-small">
        <dt className="font-semibold">SHA-256</dt>
        <dd data-testid="sha256" className="break-all select-text">
          {sha256}
        </dd>
        <dt className="font-semibold">SHA-1</dt>
        <dd className="break-all select-text">{sha1}</dd>
      </dl>
      <p className="text-ink-soft">{word('limits')}</p>
      <p className="text-ink-soft">{word('ends', { day: ends.slice(0, 10) })}</p>
    </Card>
  );
}

type CardProps = { readonly title: string; readonly children: ReactNode };

function Card({ title, children }: CardProps) {
  return (
    <section className="flex max-w-full flex-col gap-2 rounded-large border border-line bg-panel p-4 text-body">
      <h2 className="text-lead font-semibold">{title}</h2>
      {children}
    </section>
  );
}
