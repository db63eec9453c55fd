type Props = {
  readonly children: string;
  readonly testId?: string;
  /** In a cell of a table, which then takes only the width that it is given. */
  readonly inCell?: boolean;
};

/**
 * A name of any length on one line: it is cut where there is no room, so that nothing else moves
 * because of it. Whoever points at it, or listens, gets all of it.
 */
export function Cut({ children, testId, inCell = false }: Props) {
  const width = inCell ? 'block w-0 min-w-full' : 'min-w-0';
  return (
    <span
      title={children}
      data-testid={testId}
      className={`overflow-hidden text-ellipsis whitespace-nowrap ${width}`}
    >
      {children}
    </span>
  );
}
