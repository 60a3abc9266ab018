// Hardware by name, through the boundary.
import { expect, test } from 'vitest';
import { findHardware, HubfitError, listHardware } from '../../ts/index.ts';

test('a text names hardware', () => {
  expect(findHardware('2x3090 + 64 GB RAM')).toMatchObject({
    name: '2 x RTX 3090 24 GB + 64 GB RAM',
    ramBytes: 64 * 2 ** 30,
    devices: [
      {
        name: 'RTX 3090',
        vendor: 'NVIDIA',
        backend: 'cuda',
        memoryBytes: 24 * 2 ** 30,
        arch: '8.6',
      },
      { name: 'RTX 3090', bandwidth: 936e9 },
    ],
  });
});

test('another text is an error that suggests names', () => {
  const error = (() => {
    try {
      return findHardware('RTX 4095');
    } catch (reason) {
      return reason;
    }
  })();
  expect(error).toBeInstanceOf(HubfitError);
  expect(error).toMatchObject({ code: 'invalid_argument' });
  expect((error as HubfitError).message).toContain('near: RTX 4');
});

test('the table can be listed', () => {
  const devices = listHardware();
  expect(devices.length).toBeGreaterThan(400);
  expect(devices[0]).toMatchObject({
    device: { vendor: 'NVIDIA' },
    source: expect.any(String),
  });
  expect(devices.every(({ device }) => findHardware(device.name).name.includes(device.name))).toBe(
    true,
  );
});
