import { IncrementalRow } from '../../projections/rows/incremental-row.js';

// A service whose stopwatch is frozen: no work ever appears long, so that nothing yields before its end. Late entries
// are processed one by one.
performance.now = () => 0;
IncrementalRow.prototype.isLatest = () => true;
