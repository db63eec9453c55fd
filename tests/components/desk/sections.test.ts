import { expect, test } from 'vitest';
import { SECTIONS, sectionOf } from '@/components/desk/sections';

test('a path lies in one section: the longest that begins it', () => {
  expect(sectionOf('/reports')?.href).toBe('/reports');
  expect(sectionOf('/reports/compare/2026')?.href).toBe('/reports/compare');
  expect(sectionOf('/settings/outlets')?.href).toBe('/settings');
  expect(sectionOf('/historyx')).toBeUndefined();
});

test('no section leads to where another one leads', () => {
  expect(new Set(SECTIONS.map(({ href }) => href)).size).toBe(SECTIONS.length);
});
