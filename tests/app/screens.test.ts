/** Every page of app/ is listed with who may look at it; tests/e2e/ asks the server. */
import { expect, test } from 'vitest';
import { SECTIONS } from '@/components/desk/sections';
import { routeOf, SCREENS, screensInSource } from '../support/screens';

test('S31 every page is listed in tests/support/screens.ts with who may look at it', () => {
  expect(screensInSource()).toEqual(Object.keys(SCREENS).sort());
});

test('a folder in brackets is no part of an address, a hole is', () => {
  expect(['.', '(till)', '(desk)/history/[id]', 'sign-in'].map(routeOf)).toEqual([
    ...['/', '/', '/history/[id]', '/sign-in'],
  ]);
});

test('the desk shows the way to a screen to whoever may look at it, and to nobody else', () => {
  for (const { href, may } of SECTIONS) expect([href, SCREENS[href]]).toEqual([href, may]);
});
