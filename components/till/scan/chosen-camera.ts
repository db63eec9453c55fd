/** Which camera somebody chose on this tablet; it is kept here and nowhere else. */
const KEY = 'countertop.camera';

export type CameraChoice = { readonly id: string; readonly name: string };

export function chosenCamera(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function chooseCamera(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, id);
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
