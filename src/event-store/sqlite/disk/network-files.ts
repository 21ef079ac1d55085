/** File systems by the statfs(2) type on Linux whose files are not, or may not be, on a local disk. */
const overNetwork: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
]);

/**
 * The name of a file system without reliable locks and flushes; undefined for any other, and where types are unknown.
 *
 * @param type from statfs; some systems return the 32 bits signed
 */
export function networkFileSystem(type: number, platform: NodeJS.Platform): string | undefined {
  return platform === 'linux' ? overNetwork.get(type >>> 0) : undefined;
}
