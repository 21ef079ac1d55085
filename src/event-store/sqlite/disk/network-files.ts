/** File systems by the type that statfs(2) of Linux answers, whose files are not, or may not be, on a disk of this machine. */
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
 * The name of a file system on which neither a lock nor a flush can be relied on; undefined for any other, and where types are
 * not known.
 *
 * @param type as statfs answers it; some systems answer the 32 bits with a sign
 */
export function networkFileSystem(type: number, platform: NodeJS.Platform): string | undefined {
  return platform === 'linux' ? overNetwork.get(type >>> 0) : undefined;
}
