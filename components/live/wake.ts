/**
 * Knocks whenever a line may have come back or gone: the network, the page that was hidden, the
 * browser's memory of it. Whoever listens finds out by asking, and believes none of them.
 */
export function onWake(knock: () => void): () => void {
  const shown = () => {
    if (document.visibilityState === 'visible') knock();
  };
  const remembered = (event: PageTransitionEvent) => {
    if (event.persisted) knock();
  };
  window.addEventListener('online', knock);
  window.addEventListener('offline', knock);
  window.addEventListener('pageshow', remembered);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', knock);
    window.removeEventListener('offline', knock);
    window.removeEventListener('pageshow', remembered);
    document.removeEventListener('visibilitychange', shown);
  };
}
