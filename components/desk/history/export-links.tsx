'use client';
import { useQuery } from '@tanstack/react-query';
import { buttonLook } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { countQuery, exportHref } from './queries';

/** The list as a file, by plain links; they say how many sales it will hold. */
export function ExportLinks({ search }: { readonly search: string }) {
  const { say } = useReading();
  const { data: count } = useQuery(countQuery(search));
  const says =
    count === undefined
      ? say('export.counting')
      : count === 0
        ? say('export.none')
        : count === 1
          ? say('export.one')
          : say('export.rows', { count: grouped(count) });
  return (
    <fieldset aria-label={say('export.label')} className="flex items-center gap-2">
      <span role="status" data-testid="export-count" className="text-small text-ink-soft">
        {says}
      </span>
      {count !== 0 &&
        (['csv', 'xlsx'] as const).map((format) => (
          <a
            key={format}
            href={exportHref(search, format)}
            download
            className={buttonLook('quiet')}
            aria-label={`${says}: ${say(`export.${format}`)}`}
          >
            {say(`export.${format}`)}
          </a>
        ))}
    </fieldset>
  );
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
