import { addressField, loggedAddress } from './logged-address.js';

describe('the address of a client', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::FFFF:cb00:7107', '203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:2::5', '2001:db8:1:2::5', '2001:db8:1::/48'],
    [
      '2001:0DB8:0001:ffff:ffff:ffff:ffff:ffff',
      '2001:db8:1:ffff:ffff:ffff:ffff:ffff',
      '2001:db8:1::/48',
    ],
    ['fe80::1%eth0', 'fe80::1', 'fe80::/48'],
    ['::1', '::1', '::/48'],
  ])('%s is written as %s, or as the network %s', (address, full, network) => {
    expect(loggedAddress(address, 'full')).toBe(full);
    expect(loggedAddress(address, 'network')).toBe(network);
  });

  it.each(['', 'unknown', '1', '0x7f.1', '127.1', '<script>', '203.0.113.7\n{"msg":"forged"}'])(
    'is null where it is none: %j',
    (address) => {
      expect(loggedAddress(address, 'full')).toBeNull();
      expect(loggedAddress(address, 'network')).toBeNull();
    },
  );

  it('has no field where it is off', () => {
    expect(addressField('203.0.113.7', 'off')).toEqual({});
    expect(addressField('203.0.113.7', 'network')).toEqual({ client_address: '203.0.113.0/24' });
  });
});
