import { HubfitError } from '../core/hubfit-error.ts';

/** Where the Hub leads to, an address is good for an hour: asked again, the Hub gives a fresh one. */
export function refuseExpired({ status, url }: Response, asked: string): void {
  if (status !== 403 || url === '' || new URL(url).origin === new URL(asked).origin) return;
  const message = 'the address that the hub gave was refused: it may have expired; try again';
  throw new HubfitError('network', message, { status });
}
