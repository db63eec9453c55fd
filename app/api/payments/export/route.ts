import { isExportFormat } from '@/lib/contract-history';
import { door, Refused } from '../../http';
import { streamed } from '../../streamed';

export const dynamic = 'force-dynamic';

/** The list as a file, at the pace of whoever reads it; CSV unless another format is named. */
export const GET = door({ may: 'export' }, async (visit) => {
  const params = visit.request.nextUrl.searchParams;
  const format = params.get('format') ?? 'csv';
  if (!isExportFormat(format)) throw new Refused('invalid', { fields: ['format'] });
  const made = await visit.app.export({ params, format }, visit);
  if ('refused' in made) throw new Refused(made.refused, { fields: made.fields });
  return streamed(made.pieces, {
    'Content-Type': made.mediaType,
    'Content-Disposition': made.disposition,
  });
});
