/** Which camera somebody chose on this tablet; it is kept here and nowhere else. */
const KEY = 'countertop.camera';

export type CameraChoice = { readonly id: string; readonly name: string };

export function chosenCamera(): CameraChoice | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === null ? null : choiceFrom(kept);
  } catch {
    return null;
  }
}

/** An older till kept the id alone. */
function choiceFrom(kept: string): CameraChoice {
  if (!kept.startsWith('{')) return { id: kept, name: '' };
  const { id, name } = JSON.parse(kept) as { readonly id: unknown; readonly name: unknown };
  return { id: String(id), name: String(name) };
}

export function chooseCamera(camera: CameraChoice | null): void {
  try {
    if (camera === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(camera));
  } catch {
    // Without a memory it is chosen until the page is left.
  }
}

/** Their names are empty until somebody allowed the camera. */
export async function cameras(): Promise<readonly CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
