'use client';
/**
 * What somebody chooses for this tablet alone, in one place: how the till sounds and speaks, on
 * which side its keys are, how large its text is, light or dark.
 */
import { Button } from '@/components/ui/button';
import { ChoiceRow } from '@/components/ui/choice-row';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import {
  HAND_COOKIE,
  HANDS,
  keepOnPage,
  type Look,
  TEXT_SIZE_COOKIE,
  TEXT_SIZES,
  THEME_COOKIE,
  THEMES,
} from '@/components/ui/preference';
import { spokenPaid } from '@/lib/spoken';
import { allowSound, sound } from './chime';
import { useShop } from './shop';
import { speak, useVoice } from './speech';
import { choose, tabletChoice, useTablet, VOICES, VOLUMES } from './tablet';

type Props = { readonly look: Look; readonly onLook: (look: Look) => void };

export function TabletChoices({ look, onLook }: Props) {
  const { say } = useReading();
  return (
    <>
      <p className="text-small text-ink-soft">{say('tablet.text')}</p>
      <div className="grid grid-cols-1 gap-4 wide:grid-cols-2 wide:gap-8">
        <div className="flex flex-col gap-4">
          <Sounds />
        </div>
        <div className="flex flex-col gap-4">
          <Clicks />
          <Looks look={look} onLook={onLook} />
        </div>
      </div>
    </>
  );
}

/** What is tried out: the sale of which the README tells. */
const TRIED = { wallet: 'alipay', amount: 4850 } as const;

function Sounds() {
  const { say } = useReading();
  const { setting } = useShop();
  const { volume, voice } = useTablet();
  const spoken = { yue: useVoice('yue'), cmn: useVoice('cmn'), en: useVoice('en') };
  const attempt = async () => {
    await allowSound();
    const { volume: loud, voice: language } = tabletChoice();
    sound('paid', setting.shop, loud);
    if (language !== 'off') speak(spokenPaid(TRIED, language), language, loud);
  };
  return (
    <>
      <ChoiceRow
        label={say('tablet.volume')}
        options={VOLUMES.map((value) => ({ value, word: say(`tablet.volume-${value}`) }))}
        chosen={volume}
        onChoose={(value) => {
          choose({ volume: value });
          void attempt();
        }}
      />
      <Button onClick={() => void attempt()} disabled={volume === 'off'}>
        <Icon name="sound" />
        {say('tablet.try')}
      </Button>
      <ChoiceRow
        label={say('tablet.voice')}
        options={VOICES.map((value) => ({
          value,
          word: say(`tablet.voice-${value}`),
          disabled: value !== 'off' && value !== voice && !spoken[value],
        }))}
        chosen={voice}
        onChoose={(value) => {
          choose({ voice: value });
          void attempt();
        }}
      />
      {!Object.values(spoken).every(Boolean) && (
        <p className="text-small text-ink-soft">{say('tablet.voice-missing')}</p>
      )}
    </>
  );
}

function Clicks() {
  const { say } = useReading();
  const { clicks } = useTablet();
  return (
    <ChoiceRow
      label={say('tablet.clicks')}
      options={(['off', 'on'] as const).map((value) => ({
        value,
        word: say(`tablet.clicks-${value}`),
      }))}
      chosen={clicks}
      onChoose={(value) => choose({ clicks: value })}
    />
  );
}

function Looks({ look, onLook }: Props) {
  const { say } = useReading();
  return (
    <>
      <ChoiceRow
        label={say('tablet.hand')}
        options={HANDS.map((value) => ({ value, word: say(`tablet.${value}`) }))}
        chosen={look.hand}
        onChoose={(hand) => {
          keepOnPage(HAND_COOKIE, HANDS, hand);
          onLook({ ...look, hand });
        }}
      />
      <ChoiceRow
        label={say('tablet.text-size')}
        options={TEXT_SIZES.map((value) => ({ value, word: `${value.slice(5)} %` }))}
        chosen={look.textSize}
        onChoose={(textSize) => {
          keepOnPage(TEXT_SIZE_COOKIE, TEXT_SIZES, textSize);
          onLook({ ...look, textSize });
        }}
      />
      <ChoiceRow
        label={say('theme.label')}
        options={THEMES.map((value) => ({ value, word: say(`theme.${value}`) }))}
        chosen={look.theme}
        onChoose={(theme) => {
          keepOnPage(THEME_COOKIE, THEMES, theme);
          onLook({ ...look, theme });
        }}
      />
    </>
  );
}
