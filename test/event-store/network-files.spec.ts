import { expect, test } from '@jest/globals';
import { networkFileSystem } from '../../src/event-store/sqlite/disk/network-files.js';

test.each([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xff534d42 | 0, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
])('the file system type %i is %s, which is not local', (type, name) => {
  expect(networkFileSystem(type, 'linux')).toBe(name);
});

test.each([
  [0xef53, 'ext4'],
  [0x58465342, 'XFS'],
  [0x9123683e, 'Btrfs'],
  [0x01021994, 'tmpfs'],
  [0x794c7630, 'overlayfs'],
])('the file system type %i is %s, and may be local', (type) => {
  expect(networkFileSystem(type, 'linux')).toBeUndefined();
});

test('on systems with other types, none is known', () => {
  expect(networkFileSystem(0x6969, 'darwin')).toBeUndefined();
});
