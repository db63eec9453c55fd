/** Our own line marks. An icon never stands alone for a meaning: a word is always beside it. */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  paid: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8 12.3l2.8 2.8 5.2-5.6',
  wait: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5V12l3 2',
  unknown: 'M12 4L2.8 19.5h18.4L12 4zM12 10v4.2M12 16.9v.2',
  stop: 'M12 3a9 9 0 100 18 9 9 0 000-18zM9 9l6 6M15 9l-6 6',
  closed: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8 12h8',
  late: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5V12H8.5',
  person: 'M12 4.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM5 20c.7-3.6 3.4-5.5 7-5.5s6.3 1.9 7 5.5',
  phone:
    'M8 3h8a1.5 1.5 0 011.5 1.5v15A1.5 1.5 0 0116 21H8a1.5 1.5 0 01-1.5-1.5v-15A1.5 1.5 0 018 3zM11 18h2',
  scan: 'M4 8V5.5A1.5 1.5 0 015.5 4H8M16 4h2.5A1.5 1.5 0 0120 5.5V8M20 16v2.5a1.5 1.5 0 01-1.5 1.5H16M8 20H5.5A1.5 1.5 0 014 18.5V16M8 8.5v7M11 8.5v7M13.5 8.5v7M16 8.5v7',
  back: 'M9 5.5h10.5A1.5 1.5 0 0121 7v10a1.5 1.5 0 01-1.5 1.5H9L3 12l6-6.5zM11.5 9.5l5 5M16.5 9.5l-5 5',
  close: 'M6 6l12 12M18 6L6 18',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1',
  drawer:
    'M4.5 10.5h15A1.5 1.5 0 0121 12v6a1.5 1.5 0 01-1.5 1.5h-15A1.5 1.5 0 013 18v-6a1.5 1.5 0 011.5-1.5zM6.5 10.5V6A1.5 1.5 0 018 4.5h8A1.5 1.5 0 0117.5 6v4.5M10 15h4',
  chart: 'M4.5 4v15.5H20M8.5 16v-4M12.5 16V8M16.5 16v-6',
  leave: 'M14 4.5H6.5A1.5 1.5 0 005 6v12a1.5 1.5 0 001.5 1.5H14M10.5 12H20M16.5 8.5L20 12l-3.5 3.5',
  light:
    'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  dark: 'M19.5 14.2A8 8 0 119.8 4.5a6.3 6.3 0 009.7 9.7z',
  system:
    'M4.5 5h15A1.5 1.5 0 0121 6.5v8a1.5 1.5 0 01-1.5 1.5h-15A1.5 1.5 0 013 14.5v-8A1.5 1.5 0 014.5 5zM9 20h6M12 16v4',
  online: 'M3.5 10a12.5 12.5 0 0117 0M6.5 13.3a8 8 0 0111 0M9.5 16.5a3.7 3.7 0 015 0M12 19.5h.1',
  offline:
    'M3.5 10a12.5 12.5 0 014-2.5M11 6.6a12.5 12.5 0 019.5 3.4M9.5 16.5a3.7 3.7 0 015 0M12 19.5h.1M4.5 4l15 16',
  note: 'M5 19l.8-3.7L16.5 4.6a1.4 1.4 0 012 0l.9.9a1.4 1.4 0 010 2L8.7 18.2 5 19zM14.5 6.6l2.9 2.9',
  till: 'M6 4h12a1.5 1.5 0 011.5 1.5v13A1.5 1.5 0 0118 20H6a1.5 1.5 0 01-1.5-1.5v-13A1.5 1.5 0 016 4zM8 8h8M8.5 12h.1M12 12h.1M15.5 12h.1M8.5 15.5h.1M12 15.5h.1M15.5 15.5h.1',
  forward: 'M9 5.5l6.5 6.5L9 18.5',
  backward: 'M15 5.5L8.5 12l6.5 6.5',
  up: 'M5.5 15L12 8.5l6.5 6.5',
  down: 'M5.5 9L12 15.5 18.5 9',
  undo: 'M9 4.5L4.5 9 9 13.5M4.5 9H14a5.5 5.5 0 010 11H8',
  inbox:
    'M4.5 13.5l2.6-8a1.5 1.5 0 011.4-1h7a1.5 1.5 0 011.4 1l2.6 8v4.5a1.5 1.5 0 01-1.5 1.5H6a1.5 1.5 0 01-1.5-1.5v-4.5zM4.5 13.5H9l1.2 2.5h3.6l1.2-2.5h4.5',
  print:
    'M7 9V4h10v5M7 17H5a1.5 1.5 0 01-1.5-1.5v-5A1.5 1.5 0 015 9h14a1.5 1.5 0 011.5 1.5v5A1.5 1.5 0 0119 17h-2M7 14h10v6H7z',
  settings:
    'M4 7h9M17 7h3M15 4.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM4 17h3M11 17h9M9 14.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
  balance: 'M12 4v15.5M7.5 19.5h9M5 7.5h14M5 7.5L2.5 13.5h5L5 7.5zM19 7.5l-2.5 6h5L19 7.5z',
  outlet:
    'M4 10.5V20h16v-9.5M3 9.5L5 4h14l2 5.5a3 3 0 01-6 0 3 3 0 01-6 0 3 3 0 01-6 0zM9.5 20v-5.5h5V20',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM15.5 9a4.2 4.2 0 010 6M18 6.5a7.8 7.8 0 010 11',
  pin: 'M9 4h6l-.8 6 3.3 3.5h-11L9.8 10 9 4zM12 13.5V20',
  mute: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM16 9.5l5 5M21 9.5l-5 5',
  search: 'M10.5 4.5a6 6 0 100 12 6 6 0 000-12zM15 15l5 5',
} as const;
export type IconName = keyof typeof PATHS;

type Props = { readonly name: IconName; readonly className?: string };

export function Icon({ name, className = 'size-6' }: Props) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
