'use client';
/** The shop's outlets: their names and mchids, the counters in them, and who works where. */
import { useQuery } from '@tanstack/react-query';
import { Failed, Loading } from '@/components/desk/compare/compare-screen';
import { useReading } from '@/components/ui/language';
import { AddOutlet } from './add-outlet';
import { OutletCard } from './outlet-card';
import { outletsQuery } from './reads';
import { StaffPlaces } from './staff-places';

export function OutletsScreen() {
  const { say } = useReading();
  const { data, isError, refetch } = useQuery(outletsQuery);
  const several = (data?.outlets.length ?? 0) > 1;
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:overflow-y-auto">
      <h1 className="text-head font-semibold">{say('outlets.title')}</h1>
      {data === undefined && isError && <Failed onAgain={() => void refetch()} />}
      {data === undefined && !isError && <Loading />}
      {data !== undefined && !several && (
        <p className="max-w-prose text-body text-ink-soft">{say('outlets.one')}</p>
      )}
      {data !== undefined && (
        <ul className="grid grid-cols-1 gap-4 wide:grid-cols-2">
          {data.outlets.map((outlet) => (
            <li key={outlet.id}>
              <OutletCard outlet={outlet} several={several} />
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && <AddOutlet />}
      {data !== undefined && several && <StaffPlaces list={data} />}
    </main>
  );
}
