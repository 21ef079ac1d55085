import { mostLineBytes } from './bundle-format.js';
import type { BundleReport } from './bundle-report.js';
import { type BundleLine, bundleVerification } from './bundle-verify.js';
import type { Policy } from './policy.js';

/**
 * Verifies a bundle that comes in slices of any size, and stops to read at the first fault.
 *
 * @param own the reader's policy; without it the one that the bundle brings counts
 */
export function bundleReader(own?: Policy): {
  /** The report, as soon as there is one. */
  take(slice: Buffer): BundleReport | undefined;
  end(): BundleReport;
} {
  const verification = bundleVerification(own);
  verification.next();
  let rest: Buffer = Buffer.alloc(0);
  let report: BundleReport | undefined;
  const give = (line: BundleLine): void => {
    const step = verification.next(line);
    if (step.done) report = step.value;
  };
  return {
    take(slice) {
      const bytes = rest.length === 0 ? slice : Buffer.concat([rest, slice]);
      let from = 0;
      for (let end = bytes.indexOf(10); report === undefined && end >= 0; end = bytes.indexOf(10, from)) {
        give(bytes.subarray(from, end));
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (report === undefined && rest.length > mostLineBytes) give(rest);
      return report;
    },
    end() {
      // The verification ends with the file at the latest.
      if (report === undefined) give(rest.length === 0 ? undefined : null);
      if (report === undefined) throw new TypeError('the verification goes on after the end of the file');
      return report;
    },
  };
}
