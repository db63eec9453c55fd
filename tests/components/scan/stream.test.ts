import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { borrowStream, closeStream, type Wish } from '@/components/till/scan/stream';

const BACK: Wish = { facing: 'environment', camera: null };
const CHOSEN: Wish = { facing: 'environment', camera: 'usb' };

/** A browser with cameras; `live` are the streams whose lamp is on. */
function browser() {
  const live = new Set<object>();
  const page = { visibilityState: 'visible', addEventListener: () => undefined };
  const asked: MediaStreamConstraints[] = [];
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', {
    mediaDevices: {
      async getUserMedia(constraints: MediaStreamConstraints) {
        asked.push(constraints);
        const track = { readyState: 'live', stop: () => end() };
        const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
        const end = () => {
          track.readyState = 'ended';
          live.delete(stream);
        };
        live.add(stream);
        return stream;
      },
    },
  });
  return { live, page, asked };
}

let shop: ReturnType<typeof browser>;
beforeEach(() => {
  vi.useFakeTimers();
  shop = browser();
});
afterEach(() => {
  closeStream();
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the camera’s stream', () => {
  it('is the same one for the next sale, asked for once', async () => {
    const first = borrowStream(BACK);
    const stream = await first.stream;
    first.giveBack(true);
    const second = borrowStream(BACK);
    expect(await second.stream).toBe(stream);
    expect(shop.asked).toHaveLength(1);
    second.giveBack(false);
  });

  it('goes dark a minute after the last one who looked', async () => {
    const lease = borrowStream(BACK);
    await lease.stream;
    lease.giveBack(true);
    vi.advanceTimersByTime(59_000);
    expect(shop.live.size).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(shop.live.size).toBe(0);
  });

  it('goes dark at once when somebody closes it, shown or not', async () => {
    const lease = borrowStream(BACK);
    await lease.stream;
    closeStream();
    expect(shop.live.size).toBe(1);
    lease.giveBack(true);
    expect(shop.live.size).toBe(0);
    const next = borrowStream(BACK);
    await next.stream;
    next.giveBack(true);
    closeStream();
    expect(shop.live.size).toBe(0);
  });

  it('goes dark when the page is not seen any more', async () => {
    const lease = borrowStream(BACK);
    await lease.stream;
    shop.page.visibilityState = 'hidden';
    lease.giveBack(true);
    expect(shop.live.size).toBe(0);
  });

  it('is one only: another camera ends the first, even while that was opening', async () => {
    const first = borrowStream(BACK);
    const second = borrowStream(CHOSEN);
    await Promise.all([first.stream, second.stream]);
    expect(shop.live.size).toBe(1);
    expect(shop.live.has(await second.stream)).toBe(true);
    first.giveBack(false);
    expect(shop.live.size).toBe(1);
    expect(shop.asked[1]?.video).toMatchObject({ deviceId: { exact: 'usb' } });
    second.giveBack(false);
  });

  it('is asked for anew when it ended by itself', async () => {
    const first = borrowStream(BACK);
    const stream = await first.stream;
    for (const track of stream.getTracks()) track.stop();
    first.giveBack(true);
    const second = borrowStream(BACK);
    expect(await second.stream).not.toBe(stream);
    second.giveBack(false);
  });
});
