'use client';
/** The sales before and after the chosen one, as the list beside it has them. */
import { createContext, useContext } from 'react';

export type Neighbours = {
  readonly previous: string | null;
  readonly next: string | null;
  /** Back to the list, with its filters. */
  readonly list: string;
};

export const NeighboursContext = createContext<Neighbours>({
  previous: null,
  next: null,
  list: '/history',
});
export const useNeighbours = (): Neighbours => useContext(NeighboursContext);

export const hrefOf = (id: string | null, search: string): string => {
  const path = id === null ? '/history' : `/history/${id}`;
  return search === '' ? path : `${path}?${search}`;
};
